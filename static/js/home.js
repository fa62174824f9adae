/** What is personal on the home page: the course learned last, in a card of unchanged height, and
 * what fits the children's ages, for those who chose them. */

import { showAssigned } from "./assigned.js";
import { loadState, watchState } from "./state.js";
import { clock, fill } from "./words.js";

const WORTH_SAYING = 5;
const card = document.querySelector("[data-continue]");

/** @param {HTMLElement} box @param {any} last see learners/study/shelf.py */
function show(box, last) {
  const part = (/** @type {string} */ name) => box.querySelector(`[data-${name}]`);
  const { done, total, position } = last;
  showAssigned(box, last.assigned);
  const text = position >= WORTH_SAYING ? box.dataset.at : box.dataset.done;
  const [title, say, link, bar] = ["title", "say", "link", "bar"].map(part);
  if (title) title.textContent = last.course.title;
  if (say) say.textContent = fill(text, { done, total, time: clock(position) });
  if (link instanceof HTMLAnchorElement) {
    link.href = last.lesson.url;
    link.textContent = box.dataset.go ?? "";
  }
  if (bar instanceof HTMLProgressElement) {
    bar.max = total || 1;
    bar.value = done;
    bar.classList.remove("later");
  }
}

const shelf = document.querySelector("[data-for-you]");

/** @param {HTMLElement} section @param {{title: string, url: string, reason: string}[]} found */
function recommend(section, found) {
  section.querySelector("ul")?.replaceChildren(...found.map(({ title, url, reason }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { className: "stretch grow", href: url });
    const why = Object.assign(document.createElement("span"), { className: "tag" });
    link.textContent = title;
    why.textContent = reason;
    item.append(link, why);
    return item;
  }));
  section.classList.remove("later");
  section.hidden = false;
}

watchState((state) => {
  if (shelf instanceof HTMLElement && state.for_you?.length) recommend(shelf, state.for_you);
  if (card instanceof HTMLElement && state.continue) show(card, state.continue);
});
loadState().catch(() => {});
