/** A parent's way through the quiz of the lesson: signed in, under a token, and it counts. */

import { postJSON, Refused } from "./api.js";
import { ensureToken, lesson, questionsOf, tell } from "./learning.js";
import { startQuiz } from "./quiz.js";
import { loadState, watchState } from "./state.js";
import { fill, say } from "./words.js";

/** @type {import("./quiz.js").Way} */
const counted = {
  async begin() {
    const state = await loadState();
    if (state.signed_in) return questionsOf(lesson);
    location.assign(`${state.sign_in}#quiz`);
    return null;
  },
  async grade(answers) {
    const token = await ensureToken();
    const graded = await postJSON("/learn/quiz/", { token, lesson, answers });
    tell(graded);
    return graded;
  },
  failed: (problem) => (problem instanceof Refused && problem.message ? problem.message : say("again")),
};

/** @param {HTMLElement} box with [data-quiz] */
export function startGradedQuiz(box) {
  const place = /** @type {HTMLElement} */ (box.querySelector("[data-say]"));
  startQuiz(box, counted);
  watchState((state) => showBest(place, state.lesson?.quiz, box.dataset));
}

/** @param {HTMLElement} place @param {{passed: boolean, best: number | null} | null | undefined} quiz @param {DOMStringMap} words */
function showBest(place, quiz, words) {
  if (!quiz || quiz.best === null) return;
  const passed = quiz.passed ? ` · ${words.passed}` : "";
  place.textContent = fill(words.best, { score: quiz.best }) + passed;
}
