// A classic script in <head>: the choices must stand before the first paint, or the text jumps
// (elder mode) and pictures are fetched that nobody wanted (data saver).
(function () {
  "use strict";
  var root = document.documentElement;
  var choices = ["elder", "saver"];
  root.classList.add("js");

  /** @param {string} name */
  function stored(name) {
    // Storage may be forbidden (private windows): then the choice lasts for this page.
    try { return localStorage.getItem("school." + name) === "1"; } catch (error) { return false; }
  }

  /** @param {string} name @param {boolean} on */
  function show(name, on) {
    root.toggleAttribute("data-" + name, on);
    document.querySelectorAll("[data-" + name + "-toggle]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(on));
    });
  }

  /** @param {Element} target @param {string} name */
  function toggle(target, name) {
    if (!target.closest("[data-" + name + "-toggle]")) return;
    var on = !root.hasAttribute("data-" + name);
    try { localStorage.setItem("school." + name, on ? "1" : "0"); } catch (error) { /* lasts for this page */ }
    show(name, on);
  }

  choices.forEach(function (name) { root.toggleAttribute("data-" + name, stored(name)); });
  document.addEventListener("DOMContentLoaded", function () {
    choices.forEach(function (name) { show(name, root.hasAttribute("data-" + name)); });
  });
  document.addEventListener("click", function (event) {
    var target = event.target;
    if (target instanceof Element) choices.forEach(function (name) { toggle(/** @type {Element} */ (target), name); });
  });
})();
