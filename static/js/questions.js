/**
 * Builds the questions of a quiz as plain form fields and reads the answers from them.
 *
 * @typedef {{id: string, text: string}} Option
 * @typedef {{id: string, type: "single" | "multiple" | "true_false" | "ordering", text: string,
 *   options: Option[]}} Question
 */

import { fill } from "./words.js";

/** @param {string} tag @param {string} name @param {...(string | Node)} children */
export function element(tag, name, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...children);
  return node;
}

/** @param {Question} question @param {number} n @param {number} count @param {DOMStringMap} words */
export function field(question, n, count, words) {
  const hint = { multiple: words.several, ordering: words.order }[/** @type {string} */ (question.type)];
  const number = element("span", "meta", fill(words.question, { n, total: count }), hint ? ` · ${hint}` : "");
  const legend = element("legend", "", number, element("br", ""), question.text);
  const answers = question.type === "ordering" ? ordering(question, words) : choices(question);
  const set = element("fieldset", "question", legend, answers);
  set.dataset.question = question.id;
  return set;
}

/** @param {Question} question */
function choices({ id, type, options }) {
  const group = element("div", "");
  for (const option of options) {
    const input = document.createElement("input");
    input.type = type === "multiple" ? "checkbox" : "radio";
    input.name = id;
    input.value = option.id;
    group.append(element("label", "option", input, element("span", "", option.text)));
  }
  return group;
}

/** @param {Question} question @param {DOMStringMap} words */
function ordering({ options }, words) {
  const list = element("ol", "order");
  const said = element("p", "hidden");
  said.setAttribute("role", "status");
  for (const option of options) {
    const item = element("li", "", element("span", "", option.text));
    item.dataset.option = option.id;
    item.append(mover(item, -1, fill(words.up, { text: option.text })));
    item.append(mover(item, 1, fill(words.down, { text: option.text })));
    list.append(item);
  }
  list.addEventListener("moved", (event) => {
    const item = /** @type {HTMLElement} */ (event.target);
    const n = [...list.children].indexOf(item) + 1;
    said.textContent = fill(words.moved, { text: item.firstElementChild?.textContent ?? "", n });
    showEnds(list);
  });
  showEnds(list);
  return element("div", "", list, said);
}

/** @param {HTMLElement} item @param {-1 | 1} by @param {string} label */
function mover(item, by, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = by < 0 ? "↑" : "↓";
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (by < 0) other?.before(item);
    else other?.after(item);
    item.dispatchEvent(new Event("moved", { bubbles: true }));
    // At either end this button is off: the other one keeps the keyboard's place.
    const others = item.querySelectorAll("button");
    (button.disabled ? others[by < 0 ? 1 : 0] : button).focus();
  });
  return button;
}

/** @param {Element} list */
function showEnds(list) {
  [...list.children].forEach((item, n) => {
    const [up, down] = item.querySelectorAll("button");
    up.disabled = n === 0;
    down.disabled = n === list.children.length - 1;
  });
}

/** @param {HTMLElement} set a question's fieldset @returns {string[]} option ids; empty: not answered */
export function answersIn(set) {
  const ordered = [...set.querySelectorAll("[data-option]")];
  if (ordered.length) return ordered.map((item) => /** @type {HTMLElement} */ (item).dataset.option ?? "");
  const chosen = [...set.querySelectorAll("input:checked")];
  return chosen.map((input) => /** @type {HTMLInputElement} */ (input).value);
}

/**
 * @param {HTMLElement} set @param {Question} question @param {DOMStringMap} words
 * @param {{correct: boolean, explanation: string, answer: string[]}} result
 */
export function showVerdict(set, question, words, { correct, explanation, answer }) {
  set.classList.add(correct ? "right" : "wrong");
  set.append(element("p", "verdict", `${correct ? "✓" : "✗"} ${(correct ? words.right : words.wrong) ?? ""}`));
  if (!correct) {
    const texts = answer.map((id) => question.options.find((option) => option.id === id)?.text ?? "");
    const between = question.type === "ordering" ? " → " : "、";
    set.append(element("p", "", words.answer ?? "", texts.join(between)));
  }
  if (explanation) set.append(element("p", "meta", explanation));
  set.setAttribute("disabled", "");
}
