// A classic script in <head>: the choice must stand before the first paint, or the text jumps.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "school.elder";
  root.classList.add("js");

  function stored() {
    // Storage may be forbidden (private windows): then the choice lasts for this page.
    try { return localStorage.getItem(key) === "1"; } catch (error) { return false; }
  }

  /** @param {boolean} on */
  function show(on) {
    root.toggleAttribute("data-elder", on);
    document.querySelectorAll("[data-elder-toggle]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(on));
    });
  }

  root.toggleAttribute("data-elder", stored());
  document.addEventListener("DOMContentLoaded", function () { show(root.hasAttribute("data-elder")); });
  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element && event.target.closest("[data-elder-toggle]"))) return;
    var on = !root.hasAttribute("data-elder");
    try { localStorage.setItem(key, on ? "1" : "0"); } catch (error) { /* lasts for this page */ }
    show(on);
  });
})();
