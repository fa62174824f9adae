/**
 * Sends what the queue holds until the school has acknowledged it: with patience, growing pauses
 * when nothing answers, and under a fresh token when the old one is refused.
 *
 * @typedef {import("./queue.js").Batch} Batch
 * @typedef {{covered: number, required: number, credited: number, pending: number,
 *   completed: boolean, course_completed: boolean}} Answer
 */

import { Refused } from "./api.js";

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const PENDING_PAUSE_MS = 15_000;
const LONGEST_PENDING_MS = 120_000;

export class Sender {
  /**
   * @param {{queue: import("./queue.js").Queue,
   *   post: (batch: object, options: {keepalive: boolean}) => Promise<Answer>,
   *   renew: (token: string) => Promise<string | null>,
   *   on?: Partial<{answer: (batch: Batch, answer: Answer) => void, trouble: () => void,
   *     recovered: () => void, signedOut: () => void}>,
   *   now?: () => number, random?: () => number, later?: (run: () => void, ms: number) => any}} parts
   * renew: a fresh token for the same person and lesson; null when nobody is signed in;
   * an empty text when what was earned under the old one cannot be handed over.
   */
  constructor({ queue, post, renew, on = {}, now = Date.now, random = Math.random, later = (run, ms) => setTimeout(run, ms) }) {
    this.queue = queue;
    this.post = post;
    this.renew = renew;
    this.on = on;
    this.now = now;
    this.random = random;
    this.later = later;
    this.failures = 0;
    this.notBefore = 0;
    this.contact = 0;
    this.alarm = 0;
    this.sending = false;
    /** @type {Set<string>} tokens that were refused for good while this page is open */
    this.refused = new Set();
  }

  /** Sends everything waiting, if the pause after a failure is over. */
  async flush() {
    if (this.sending || this.now() < this.notBefore) return;
    this.sending = true;
    try {
      for (const batch of this.queue.batches()) {
        if (!this.refused.has(batch.token)) await this.#send(batch);
      }
      this.#succeeded();
    } catch {
      this.#failed();
    } finally {
      this.sending = false;
    }
  }

  /** The network is back: no need to wait out the pause. */
  retryNow() {
    this.notBefore = 0;
    return this.flush();
  }

  /** The page may be going away: one try each, without waiting for what comes of it. */
  flushLeaving() {
    for (const batch of this.queue.batches()) {
      this.post(report(batch), { keepalive: true })
        .then((answer) => this.#answered(batch, answer), () => {});
    }
  }

  /** A sign of life after a long pause, so that what follows counts as played in contact. */
  alive(/** @type {string} */ token, /** @type {number} */ lesson, /** @type {number} */ position) {
    return this.post({ token, lesson, played: [], position }, { keepalive: false })
      .then(() => void (this.contact = this.now()), () => {});
  }

  /** @param {Batch} batch */
  async #send(batch) {
    try {
      this.#answered(batch, await this.post(report(batch), { keepalive: false }));
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 429) throw error;
      await this.#refusedBatch(batch, error.status);
    }
  }

  /** @param {Batch} batch @param {Answer} answer */
  #answered(batch, answer) {
    this.contact = this.now();
    if (answer.pending > 0) this.#wake(Math.min(LONGEST_PENDING_MS, PENDING_PAUSE_MS + answer.pending * 500));
    else this.queue.acknowledge(batch);
    this.on.answer?.(batch, answer);
  }

  /** @param {Batch} batch @param {number} status */
  async #refusedBatch({ token }, status) {
    if (status === 400 || status === 413) return this.queue.drop(token);
    this.refused.add(token);
    if (status !== 401) return;
    const fresh = await this.renew(token);
    if (fresh === null) this.on.signedOut?.();
    else if (fresh) {
      this.queue.move(token, fresh);
      this.#wake(0);
    }
  }

  #succeeded() {
    if (this.failures) this.on.recovered?.();
    this.failures = 0;
    this.notBefore = 0;
  }

  /** Pauses double up to five minutes; the jitter keeps a city from coming back at once. */
  #failed() {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    const jittered = pause * (0.5 + this.random() / 2);
    this.failures += 1;
    this.notBefore = this.now() + jittered;
    this.#wake(jittered);
    this.on.trouble?.();
  }

  /** One alarm at a time, the earliest. @param {number} ms */
  #wake(ms) {
    const due = this.now() + ms;
    if (this.alarm && this.alarm <= due) return;
    this.alarm = due;
    this.later(() => {
      if (this.alarm !== due) return;
      this.alarm = 0;
      if (this.sending) this.#wake(1000);
      else this.flush();
    }, ms);
  }
}

/** @param {Batch} batch the fields that the school wants: an article has `read`, a recording `played` */
function report({ token, lesson, played, read, position, age }) {
  return read ? { token, lesson, read, age } : { token, lesson, played, position, age };
}
