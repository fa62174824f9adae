/** The dialog for passing a page on; fetched when it is asked for the first time. */

import { notice } from "./notices.js";
import { pageId } from "./state.js";

/** @param {HTMLElement} button [data-share], which carries the words */
export function openShare(button) {
  const dialog = document.querySelector("dialog.share") ?? make(button);
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

/** @param {HTMLElement} button */
function make({ dataset: words }) {
  const url = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href.split("#")[0];
  const dialog = document.createElement("dialog");
  dialog.className = "share";
  const title = element("h2", words.title);
  title.id = "share-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const card = document.createElement("img");
  Object.assign(card, { src: `/share/${pageId}.png`, width: 750, height: 1060, alt: words.card ?? "" });
  const address = document.createElement("input");
  Object.assign(address, { readOnly: true, value: url });
  address.setAttribute("aria-label", words.address ?? "");
  address.addEventListener("focus", () => address.select());
  const buttons = element("div");
  buttons.className = "actions";
  const first = press(words.copy, () => copy(address, words.copied), "button");
  first.autofocus = true;
  buttons.append(first);
  if (navigator.share) buttons.append(press(words.send, () => send(url), "button quiet"));
  buttons.append(press(words.close, () => dialog.close(), "button quiet"));
  dialog.append(title, element("p", words.hint), card, address, buttons);
  // A tap beside the dialog closes it, as people expect of a sheet.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
}

/** @param {string} name @param {string} [text] */
function element(name, text) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return made;
}

/** @param {string | undefined} text @param {() => void} act @param {string} look */
function press(text, act, look) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: look, textContent: text ?? "" });
  button.addEventListener("click", act);
  return button;
}

/** An old WeChat lets no script copy: then the address stands selected. @param {HTMLInputElement} address @param {string} [copied] */
async function copy(address, copied) {
  try {
    await navigator.clipboard.writeText(address.value);
    address.closest("dialog")?.close();
    notice("share", copied ?? "");
  } catch {
    address.select();
  }
}

/** @param {string} url */
function send(url) {
  // Closing the share sheet is no failure.
  navigator.share({ title: document.title, url }).catch(() => {});
}
