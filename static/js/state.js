/** What is personal about this page: fetched once, refreshed on demand, shared by all modules. */

import { getJSON, postJSON, Unreachable } from "./api.js";

/**
 * @typedef {{token: string | null, covered: [number, number][], required: number, length: number,
 *   position: number, completed: boolean, offline: boolean,
 *   quiz: null | {passed: boolean, best: number | null, pass_mark: number}}} LessonState
 * @typedef {{id: number, enrolled: boolean, run: number, done: number, total: number,
 *   assigned: null | {by: string, due: string, days: number}, completed: string | null, certificate: string | null, next: null | {id: number, title: string, url: string}}} CourseState
 * @typedef {{signed_in: boolean, sign_in?: string, csrf?: string, saved?: boolean,
 *   edit?: string | null, course?: CourseState | null, lesson?: LessonState | null,
 *   lessons?: Record<string, {done: boolean, percent: number}>, continue?: any,
 *   for_you?: {title: string, url: string, reason: string}[]}} State
 */

const PATIENCE_MS = [2_000, 5_000, 15_000, 60_000];
const page = document.querySelector("[data-page]");
export const pageId = Number(page instanceof HTMLElement ? page.dataset.page : 0);

/** @type {Set<(state: State) => void>} */
const listeners = new Set();
/** @type {Promise<State> | null} */
let current = null;

/** @param {number} id @returns {Promise<State>} the state of any page, without telling anyone */
export const stateOf = (id) => getJSON(`/learn/state/${id}/`);

/** @returns {Promise<State>} */
export function loadState() {
  return (current ??= publish(patient()));
}

/** @returns {Promise<State>} */
export function refreshState() {
  return (current = publish(stateOf(pageId)));
}

/** @param {(state: State) => void} listener called now, if the state is known, and at every change */
export function watchState(listener) {
  listeners.add(listener);
  current?.then(listener, () => {});
}

/**
 * Enrols the person in a course; the answer is the new state of this page.
 * @param {number} course @param {number} [lesson]
 */
export async function enrol(course, lesson) {
  const { csrf } = await loadState();
  const body = lesson ? { course, lesson } : { course };
  return (current = publish(postJSON("/learn/enrol/", body, { csrf })));
}

/** @param {Promise<State>} request */
function publish(request) {
  request.then((state) => listeners.forEach((listener) => listener(state)), () => (current = null));
  return request;
}

/** A parent in a lift must not have to reload: asks again while nothing answers. */
async function patient() {
  for (const pause of PATIENCE_MS) {
    try {
      return await stateOf(pageId);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return stateOf(pageId);
}
