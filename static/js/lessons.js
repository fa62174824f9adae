/** Ticks in the list of lessons. */

import { watchState } from "./state.js";
import { fill } from "./words.js";

const list = document.querySelector("[data-lessons]");

/**
 * @param {HTMLElement} item @param {DOMStringMap} words
 * @param {{done: boolean, percent: number}} how
 */
function tick(item, words, { done, percent }) {
  const number = item.querySelector("[data-number]");
  const place = item.querySelector("[data-how]");
  const partly = item.dataset.format === "article" ? words.read : words.percent;
  number?.classList.toggle("done", done);
  if (done && number) number.textContent = "✓";
  const text = done ? words.done ?? "" : percent ? fill(partly, { percent }) : "";
  if (place) place.textContent = text && ` · ${text}`;
}

watchState(({ lessons = {} }) => {
  if (!(list instanceof HTMLElement)) return;
  for (const item of list.querySelectorAll("[data-lesson]")) {
    if (!(item instanceof HTMLElement)) continue;
    const how = lessons[item.dataset.lesson ?? ""];
    if (how) tick(item, list.dataset, how);
  }
});
