/** A lesson that is watched or heard: resumes, counts what is played, says how much is left. */

import { control } from "./controls.js";
import { drawCoverage } from "./coverage.js";
import { add, snap, total, union } from "./intervals.js";
import { ensureToken, currentToken, length, lesson, onAnswer, queue, sender } from "./learning.js";
import { loadState, watchState } from "./state.js";
import { track } from "./tracker.js";
import { clock, fill, spoken } from "./words.js";

/** @typedef {import("./intervals.js").Intervals} Intervals */

const KEEP_EVERY_MS = 2_000;
const REPORT_EVERY_MS = 15_000;
const ALIVE_AFTER_MS = 4 * 60_000;
/** Nobody wants to resume in the first or the last seconds. */
const EDGE_S = 4;

/** @param {HTMLElement} section @param {HTMLElement} box with [data-progress] */
export function startPlayer(section, box) {
  const media = control(section);
  if (!media) return;
  const view = createView(box);
  const keeper = createKeeper(media, view);

  track(media, (from, to) => {
    keeper.played(from, to);
    view.played(from, to);
  });
  media.addEventListener("play", () => keeper.started());
  media.addEventListener("pause", () => keeper.report());
  media.addEventListener("ended", () => keeper.report());
  setInterval(() => media.paused || keeper.report(), REPORT_EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden && keeper.leave());
  addEventListener("pagehide", () => keeper.leave());
  resume(section, media);
}

/**
 * Keeps what was played in the queue every two seconds and sends it on occasion. What is played
 * before the token has come waits here; for guests it goes nowhere.
 * @param {HTMLMediaElement} media @param {{known: () => void}} view
 */
function createKeeper(media, view) {
  /** @type {Intervals} */
  let fresh = [];
  let keptAt = 0;

  const keep = () => {
    const token = currentToken();
    if (!token || !fresh.length) return;
    queue.add(token, { lesson, played: fresh, position: Math.floor(media.currentTime) });
    fresh = [];
    keptAt = Date.now();
  };
  return {
    /** @param {number} from @param {number} to */
    played(from, to) {
      fresh = add(fresh, from, to);
      if (Date.now() - keptAt > KEEP_EVERY_MS) keep();
    },
    async started() {
      const token = await ensureToken().catch(() => "");
      view.known();
      const silent = Date.now() - sender.contact > ALIVE_AFTER_MS;
      if (token && sender.contact && silent) sender.alive(token, lesson, Math.floor(media.currentTime));
    },
    report() {
      keep();
      // Enrolling may have failed in the lift: without a token there is nothing to send yet.
      if (!currentToken()) ensureToken().catch(() => {});
      sender.flush();
    },
    leave() {
      keep();
      sender.flushLeaving();
    },
  };
}

/** @param {HTMLElement} box */
function createView(box) {
  const bar = box.querySelector("[data-covered]");
  const text = box.querySelector("[data-say]");
  const words = box.dataset;
  /** @type {Intervals} */
  let mine = [];
  let shown = "";
  /** @type {import("./state.js").LessonState | null} */
  let state = null;

  const draw = () => {
    if (!state || !text) return;
    const waiting = currentToken() ? queue.waiting(currentToken()) : [];
    const covered = union(state.covered, waiting, snap(mine));
    const percent = Math.min(100, Math.floor((total(covered) * 100) / (state.length || 1)));
    drawCoverage(bar, state.length, covered, percent, words.bar);
    text.textContent = wordsFor(state, percent, state.required - total(covered), words);
  };
  onAnswer((answer) => {
    if (state && answer.completed) state.completed = true;
    draw();
  });
  watchState((fresh) => {
    state = fresh.lesson ?? state;
    box.classList.toggle("guest", !fresh.signed_in);
    if (!fresh.signed_in && text) text.textContent = words.guest ?? "";
    draw();
  });
  return {
    known: draw,
    /** @param {number} from @param {number} to */
    played(from, to) {
      mine = add(mine, from, to);
      const second = clock(to);
      if (second !== shown) draw();
      shown = second;
    },
  };
}

/**
 * @param {import("./state.js").LessonState} state @param {number} percent
 * @param {number} left seconds still to be played @param {DOMStringMap} words
 */
function wordsFor({ completed, quiz }, percent, left, words) {
  if (completed) return words.done ?? "";
  if (left <= 0) return fill(quiz && !quiz.passed ? words.enough : words.saving, { percent });
  return fill(words.watched, { percent, left: spoken(left) });
}

/** Offers the second where it was left, and goes there at the first play. @param {HTMLElement} section @param {HTMLMediaElement} media */
async function resume(section, media) {
  const state = await loadState().catch(() => null);
  const position = state?.lesson?.position ?? 0;
  const untouched = media.paused && media.currentTime === 0;
  if (!untouched || position < EDGE_S || position > length - EDGE_S) return;
  const start = section.querySelector("[data-start]");
  const label = start?.querySelector("span");
  if (label && start instanceof HTMLElement) {
    label.textContent = fill(start.dataset.resume, { time: clock(position) });
  }
  const go = () => (media.currentTime = position);
  media.addEventListener("play", () => {
    if (media.currentTime >= 1) return;
    if (media.readyState) go();
    else media.addEventListener("loadedmetadata", go, { once: true });
  }, { once: true });
}
