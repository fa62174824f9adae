/** One lesson being learned: its token, its queue, and whoever wants to know what was counted. */

import { getJSON, postJSON } from "./api.js";
import { notice, withdraw } from "./notices.js";
import { Queue, tokenFacts } from "./queue.js";
import { Sender } from "./sender.js";
import { enrol, loadState, stateOf, watchState } from "./state.js";
import { say } from "./words.js";

/** @typedef {import("./sender.js").Answer} Answer */

const box = document.querySelector("[data-lesson][data-of-course]");
const facts = box instanceof HTMLElement ? box.dataset : {};
export const lesson = Number(facts.lesson);
export const course = Number(facts.ofCourse);
export const isArticle = facts.format === "article";
export const length = Number(facts.length);

export const queue = new Queue();
/** @type {Set<(answer: Answer) => void>} */
const listeners = new Set();
let token = "";
/** @type {Promise<string> | null} */
let opening = null;

export const sender = new Sender({
  queue,
  post: (batch, options) => postJSON("/learn/progress/", batch, options),
  renew,
  on: { answer: told, trouble, recovered, signedOut },
});

/** @param {(answer: Answer) => void} listener */
export function onAnswer(listener) {
  listeners.add(listener);
}

/** Tells everyone that something was completed, whether by playing or by the quiz. @param {Answer} answer */
export function tell(answer) {
  listeners.forEach((listener) => listener(answer));
}

export const currentToken = () => token;

/** A token to learn under, enrolling first where needed; empty for guests. */
export async function ensureToken() {
  if (token) return token;
  opening ??= open().finally(() => (opening = null));
  return opening;
}

async function open() {
  let state = await loadState();
  if (state.signed_in && !state.lesson?.token) state = await enrol(course, lesson);
  return (token = state.lesson?.token ?? "");
}

watchState((state) => {
  if (state.lesson?.token) token = state.lesson.token;
});

/** @param {string} old @returns {Promise<string | null>} as Sender wants it */
async function renew(old) {
  const before = tokenFacts(old);
  const state = await stateOf(before.lesson);
  if (!state.signed_in) return null;
  const fresh = state.lesson?.token ?? "";
  const after = tokenFacts(fresh);
  const same = after.person === before.person && after.file === before.file;
  if (fresh && same && before.lesson === lesson) token = fresh;
  return same ? fresh : "";
}

/** @param {import("./queue.js").Batch} batch @param {Answer} answer */
function told(batch, answer) {
  if (batch.lesson === lesson) tell(answer);
}

function trouble() {
  notice("network", say(navigator.onLine ? "failed" : "offline"), { stays: true });
}

function recovered() {
  if (withdraw("network")) notice("network", say("back"));
}

async function signedOut() {
  const next = encodeURIComponent(location.pathname);
  const link = { url: `/account/sign-in/?next=${next}`, text: say("signIn") };
  notice("signed-out", say("signedOut"), { look: "wait", stays: true, link });
}

/** Sends what earlier visits left, now and whenever the network returns. */
export function startSending() {
  addEventListener("online", () => sender.retryNow().then(recovered));
  addEventListener("offline", trouble);
  sender.flush();
}

/** @param {number} id */
export const questionsOf = (id) => getJSON(`/learn/quiz/${id}/`);
