/** Short messages above the bottom bar; read aloud, one of each kind at a time. */

import { say } from "./words.js";

const place = document.querySelector("[data-notices]");
const SHOWN_MS = 8_000;

/**
 * @param {string} kind a later message of the same kind replaces the earlier
 * @param {string} text
 * @param {{look?: "" | "wait" | "bad", stays?: boolean, link?: {url: string, text: string}}} [options]
 */
export function notice(kind, text, { look = "", stays = false, link } = {}) {
  if (!place || !text) return;
  withdraw(kind);
  const box = document.createElement("div");
  box.className = `note ${look}`.trim();
  box.dataset.kind = kind;
  const words = document.createElement("p");
  words.append(text);
  if (link) words.append(" ", anchor(link));
  box.append(words, closer(box));
  place.append(box);
  if (!stays) setTimeout(() => box.remove(), SHOWN_MS);
}

/** @param {string} kind @returns {boolean} whether it was there */
export function withdraw(kind) {
  const shown = place?.querySelector(`[data-kind="${kind}"]`);
  shown?.remove();
  return Boolean(shown);
}

/** @param {{url: string, text: string}} link */
function anchor({ url, text }) {
  const element = document.createElement("a");
  element.href = url;
  element.textContent = text;
  return element;
}

/** @param {HTMLElement} box */
function closer(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = say("close");
  button.addEventListener("click", () => box.remove());
  return button;
}
