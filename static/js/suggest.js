/** The search box suggests while one types: a combobox as the ARIA practices describe it. */

import { getJSON } from "./api.js";

const PAUSE_MS = 150;

/** @typedef {{text: string, url: string, kind: string}} Suggestion */

/** @param {HTMLInputElement} input @param {HTMLElement} list */
function combobox(input, list) {
  let active = -1;
  let asked = 0;
  let timer = 0;

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place -1: none, the text as typed */
  function choose(place) {
    active = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = options()[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** @param {Suggestion} suggestion @param {number} at */
  function optionOf(suggestion, at) {
    const option = document.createElement("li");
    option.id = `${list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = suggestion.url;
    option.dataset.kind = suggestion.kind;
    option.textContent = suggestion.text;
    return option;
  }

  /** @param {Suggestion[]} suggestions */
  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionOf));
    if (!suggestions.length) return close();
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    const text = input.value.trim();
    const mine = ++asked;
    if (!text) return close();
    try {
      const { suggestions } = await getJSON(`/api/search/suggest/?q=${encodeURIComponent(text)}`);
      if (mine === asked && document.activeElement === input) show(suggestions);
    } catch {
      close(); // Suggestions are a comfort: without them the box still searches.
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    // While a Chinese character is being composed, the text is not yet what is meant.
    if (!(event instanceof InputEvent && event.isComposing)) timer = window.setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing || list.hidden || !count) return;
    if (event.key === "ArrowDown") choose(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp") choose(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.href = options()[active].dataset.url ?? "";
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => {
    asked += 1;
    close();
  });
  // Before the box loses the focus, so that the list is still there to be pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("li") : null;
    if (option) location.href = option.dataset.url ?? "";
  });
}

const input = document.querySelector("[data-suggest]");
const list = document.getElementById("suggestions");
if (input instanceof HTMLInputElement && list) combobox(input, list);
