/** The quiz: fetched when wanted, handed in, explained, tried again with everything reshuffled. */

import { postJSON, Refused } from "./api.js";
import { ensureToken, lesson, questionsOf, tell } from "./learning.js";
import { answersIn, element, field, showVerdict } from "./questions.js";
import { loadState, watchState } from "./state.js";
import { fill, say } from "./words.js";

/** @typedef {import("./questions.js").Question} Question */

/** @param {HTMLElement} box with [data-quiz] */
export function startQuiz(box) {
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
    const state = await loadState();
    if (!state.signed_in) return location.assign(`${state.sign_in}#quiz`);
    ({ questions, pass_mark: mark } = await questionsOf(lesson));
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
    const token = await ensureToken();
    const graded = await postJSON("/learn/quiz/", { token, lesson, answers });
    fail("");
    show(graded);
    tell(graded);
  }

  /** @param {{score: number, passed: boolean, questions: Record<string, any>}} graded */
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
      fail(problem instanceof Refused && problem.message ? problem.message : say("again"));
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
  watchState((state) => showBest(part("say"), state.lesson?.quiz, words));
}

/** @param {HTMLElement} place @param {{passed: boolean, best: number | null} | null | undefined} quiz @param {DOMStringMap} words */
function showBest(place, quiz, words) {
  if (!quiz || quiz.best === null) return;
  const passed = quiz.passed ? ` · ${words.passed}` : "";
  place.textContent = fill(words.best, { score: quiz.best }) + passed;
}
