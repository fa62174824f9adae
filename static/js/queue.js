/**
 * What was played but not yet acknowledged, kept in local storage so that a closed tab loses
 * nothing. One entry for each learning token: a token stands for one person, lesson and run, so
 * two people on one phone, or two tabs, never mix.
 *
 * @typedef {import("./intervals.js").Intervals} Intervals
 * @typedef {{lesson: number, played: Intervals, read: number, position: number, at: number}} Entry
 * @typedef {{token: string, lesson: number, played: Intervals, read: number, position: number,
 *   age: number}} Batch  age: seconds since playback stood at `position`
 */

import { snap, subtract, union } from "./intervals.js";

const PREFIX = "school.played.";
const KEPT_MS = 30 * 24 * 3600 * 1000;
/** A report may hold 300 intervals. */
const MOST_INTERVALS = 200;

/**
 * The readable front of a token (learners/study/tokens.py).
 * @param {string} token
 */
export function tokenFacts(token) {
  const parts = token.split(":")[0].split(".");
  return { person: parts[0], lesson: Number(parts[3]), file: parts[7] ?? "" };
}

/** Local storage may be full or forbidden: then the queue lives as long as the page. */
function browserStorage() {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

/** @returns {Storage} */
export function memoryStorage() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return /** @type {any} */ ({
    get length() { return map.size; },
    key: (/** @type {number} */ n) => [...map.keys()][n] ?? null,
    getItem: (/** @type {string} */ key) => map.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void map.set(key, value),
    removeItem: (/** @type {string} */ key) => void map.delete(key),
  });
}

export class Queue {
  /** @param {Storage} [storage] @param {() => number} [now] milliseconds */
  constructor(storage = browserStorage(), now = Date.now) {
    this.storage = storage;
    this.now = now;
  }

  /**
   * @param {string} token
   * @param {{lesson: number, played?: Intervals, read?: number, position?: number}} what
   */
  add(token, { lesson, played = [], read = 0, position }) {
    const before = this.entry(token);
    this.#write(token, {
      lesson,
      played: union(before?.played ?? [], played),
      read: Math.max(before?.read ?? 0, read),
      position: position ?? before?.position ?? 0,
      at: this.now(),
    });
  }

  /** @param {string} token @returns {Entry | null} */
  entry(token) {
    try {
      const entry = JSON.parse(this.storage.getItem(PREFIX + token) ?? "null");
      return entry && Array.isArray(entry.played) ? entry : null;
    } catch {
      return null;
    }
  }

  /** What is to be sent, oldest first. @returns {Batch[]} */
  batches() {
    const found = this.#tokens().flatMap((token) => {
      const entry = this.entry(token);
      if (!entry || this.now() - entry.at > KEPT_MS) {
        this.drop(token);
        return [];
      }
      return [{ token, entry }];
    });
    found.sort((a, b) => a.entry.at - b.entry.at);
    return found.map(({ token, entry }) => this.#batch(token, entry)).filter(isWorthSending);
  }

  /** Forgets what the school has counted; what was played meanwhile stays. @param {Batch} batch */
  acknowledge({ token, played, read }) {
    const entry = this.entry(token);
    if (!entry) return;
    const rest = subtract(entry.played, played);
    const unread = entry.read > read ? entry.read : 0;
    if (snap(rest).length || unread) this.#write(token, { ...entry, played: rest, read: unread });
    else this.drop(token);
  }

  /** Hands everything over to a fresh token of the same person and lesson. @param {string} token @param {string} fresh */
  move(token, fresh) {
    const entry = this.entry(token);
    if (!entry || token === fresh) return;
    const { at } = entry;
    this.add(fresh, entry);
    this.#write(fresh, { .../** @type {Entry} */ (this.entry(fresh)), at });
    this.drop(token);
  }

  /** @param {string} token */
  drop(token) {
    this.storage.removeItem(PREFIX + token);
  }

  /** What this person played of the same file and still has to send. @param {string} token */
  waiting(token) {
    const mine = tokenFacts(token);
    const same = this.#tokens().filter((other) => {
      const facts = tokenFacts(other);
      return facts.person === mine.person && facts.lesson === mine.lesson && facts.file === mine.file;
    });
    return snap(same.flatMap((other) => this.entry(other)?.played ?? []));
  }

  /** @param {string} token @param {Entry} entry @returns {Batch} */
  #batch(token, { lesson, played, read, position, at }) {
    const age = Math.max(0, Math.round((this.now() - at) / 1000));
    return { token, lesson, played: snap(played).slice(0, MOST_INTERVALS), read, position, age };
  }

  #tokens() {
    const keys = Array.from({ length: this.storage.length }, (_, n) => this.storage.key(n) ?? "");
    return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  }

  /** @param {string} token @param {Entry} entry */
  #write(token, entry) {
    try {
      this.storage.setItem(PREFIX + token, JSON.stringify(entry));
    } catch {
      // Full: move to memory what is there, so that at least this page loses nothing.
      const memory = memoryStorage();
      for (const known of this.#tokens()) memory.setItem(PREFIX + known, this.storage.getItem(PREFIX + known) ?? "");
      memory.setItem(PREFIX + token, JSON.stringify(entry));
      this.storage = memory;
    }
  }
}

/** @param {Batch} batch */
function isWorthSending({ played, read }) {
  return played.length > 0 || read > 0;
}
