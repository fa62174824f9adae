/**
 * The quiz: fetched when wanted, handed in, explained, tried again with everything reshuffled.
 *
 * Where questions come from and answers go is the way's: a parent's lesson, or an expert's trial.
 *
 * @typedef {import("./questions.js").Question} Question
 * @typedef {{score: number, passed: boolean, questions: Record<string, any>}} Graded
 * @typedef {{
 *   begin: () => Promise<{questions: Question[], pass_mark: number} | null>,
 *   grade: (answers: Record<string, string[]>) => Promise<Graded>,
 *   failed: (problem: unknown) => string}} Way `begin` gives nothing when it led elsewhere
 */

import { answersIn, element, field, showVerdict } from "./questions.js";
import { fill } from "./words.js";

/** @param {HTMLElement} box with [data-quiz] @param {Way} way */
export function startQuiz(box, way) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-${name}]`));
  const [form, list, result, error, open, submit] =
    ["form", "questions", "result", "error", "open", "submit"].map(part);
  const words = box.dataset;
  /** @type {Question[]} */
  let questions = [];
  let mark = 0;

  const fail = (/** @type {string} */ text) => {
    error.textContent = text;
    error.hidden = !text;
  };
  const sets = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-question]")]);

  async function begin() {
    const begun = await way.begin();
    if (!begun) return;
    ({ questions, pass_mark: mark } = begun);
    fail("");
    result.hidden = true;
    list.replaceChildren(...questions.map((question, n) => field(question, n + 1, questions.length, words)));
    form.hidden = submit.hidden = false;
    open.hidden = true;
    list.querySelector("input, button")?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null} */ (list.querySelector("input, button:not([disabled])"))?.focus();
  }

  async function handIn() {
    const answers = Object.fromEntries(sets().map((set) => [set.dataset.question, answersIn(set)]));
    const missing = sets().find((set) => !answersIn(set).length);
    if (missing) {
      fail(words.missing ?? "");
      /** @type {HTMLElement | null} */ (missing.querySelector("input"))?.focus();
      return;
    }
    const graded = await way.grade(answers);
    fail("");
    show(graded);
  }

  /** @param {Graded} graded */
  function show(graded) {
    for (const set of sets()) {
      const question = questions.find(({ id }) => id === set.dataset.question);
      if (question) showVerdict(set, question, words, graded.questions[question.id]);
    }
    const text = graded.passed ? words.passed ?? "" : fill(words.failed, { mark });
    result.replaceChildren(
      element("p", "score", fill(words.score, { score: graded.score })),
      element("p", graded.passed ? "note" : "note wait", text),
    );
    submit.hidden = true;
    open.hidden = result.hidden = false;
    open.textContent = open.dataset.again ?? "";
    result.focus();
  }

  /** @param {HTMLElement} button @param {() => Promise<any>} act */
  async function trying(button, act) {
    button.setAttribute("disabled", "");
    try {
      await act();
    } catch (problem) {
      fail(way.failed(problem));
    } finally {
      button.removeAttribute("disabled");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trying(submit, handIn);
  });
  open.addEventListener("click", () => trying(open, begin));
  open.classList.remove("later");
}
