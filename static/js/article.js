/** A lesson that is read: it counts when the end was seen and the reading time has passed. */

import { currentToken, ensureToken, lesson, onAnswer, queue, sender } from "./learning.js";
import { drawCoverage } from "./coverage.js";
import { total } from "./intervals.js";
import { loadState, watchState } from "./state.js";
import { fill, spoken } from "./words.js";

const REPORT_EVERY_MS = 15_000;
const OPENED_AFTER_MS = 5_000;
/** The school credits two seconds of reading for each second on the clock. */
const CREDIT_RATE = 2;

/** @param {HTMLElement} article @param {Element} end @param {HTMLElement} box with [data-progress] */
export function startArticle(article, end, box) {
  const view = createView(box);
  let read = 0;

  const report = () => {
    if (document.hidden || view.isDone() || !currentToken() || !read) return;
    queue.add(currentToken(), { lesson, read });
    sender.flush();
  };
  const measure = () => {
    const { top, height } = article.getBoundingClientRect();
    read = Math.max(read, Math.min(0.99, Math.max(0, (innerHeight - top) / (height || 1))));
  };
  addEventListener("scroll", measure, { passive: true });
  new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    read = 1;
    view.atEnd();
    ensureToken().then(report, () => {});
  }).observe(end);
  // Opening is starting, glancing is not.
  setTimeout(() => loadState().then(ensureToken).then(measure, () => {}), OPENED_AFTER_MS);
  setInterval(report, REPORT_EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden && sender.flushLeaving());
}

/** @param {HTMLElement} box */
function createView(box) {
  const bar = box.querySelector("[data-covered]");
  const text = box.querySelector("[data-say]");
  const words = box.dataset;
  /** @type {import("./state.js").LessonState | null} */
  let state = null;
  let covered = 0;
  let ended = false;

  const draw = () => {
    if (!state || !text) return;
    const percent = Math.min(100, Math.floor((covered * 100) / (state.length || 1)));
    drawCoverage(bar, state.length, covered ? [[0, covered]] : [], percent, words.bar);
    text.textContent = wordsFor(state, percent, covered, ended, words);
  };
  onAnswer((answer) => {
    covered = Math.max(covered, answer.covered ?? 0);
    if (state && answer.completed) state.completed = true;
    draw();
  });
  watchState((fresh) => {
    state = fresh.lesson ?? state;
    covered = Math.max(covered, total(state?.covered ?? []));
    box.classList.toggle("guest", !fresh.signed_in);
    if (!fresh.signed_in && text) text.textContent = words.guest ?? "";
    draw();
  });
  return {
    isDone: () => Boolean(state?.completed),
    atEnd() {
      ended = true;
      draw();
    },
  };
}

/**
 * @param {import("./state.js").LessonState} state @param {number} percent
 * @param {number} covered seconds @param {boolean} ended @param {DOMStringMap} words
 */
function wordsFor({ completed, quiz, required }, percent, covered, ended, words) {
  if (completed) return words.done ?? "";
  if (covered >= required) return (quiz && !quiz.passed ? words.thenQuiz : words.saving) ?? "";
  if (!ended) return fill(words.read, { percent });
  return fill(words.stay, { left: spoken((required - covered) / CREDIT_RATE) });
}
