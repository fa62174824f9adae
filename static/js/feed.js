/**
 * Short videos one a screen, swiped upwards like pages of a book. Each is the normal page of a
 * short video: its address stands in the bar while it plays, and closing the feed opens it.
 * Of the next one only the page and the poster are fetched ahead, never its film. Where each was
 * left is remembered on the device; without enrolment nothing is recorded.
 */

import { followPlace } from "./places.js";
import { chooseSource } from "./sources.js";

/** @typedef {{url: string, title: string, next: string, media: HTMLMediaElement | null}} Reel */

const PLAYS_FROM = 0.6;

/** @param {ParentNode} page @returns {Reel | null} */
function read(page) {
  const box = page.querySelector("[data-feed-of]");
  if (!(box instanceof HTMLElement)) return null;
  const { feedOf, title, feedNext } = box.dataset;
  const media = box.querySelector("[data-media]");
  return {
    url: feedOf ?? "",
    title: title ?? "",
    next: feedNext ?? "",
    // A copy: the page's own player changes where its film comes from.
    media: media instanceof HTMLMediaElement ? /** @type {HTMLMediaElement} */ (media.cloneNode(true)) : null,
  };
}

/** @param {string} url @returns {Promise<Reel | null>} */
async function fetchReel(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return read(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

/** @param {HTMLMediaElement} media */
function toggle(media) {
  if (media.paused) media.play().catch(() => {});
  else media.pause();
}

/** There while it is paused: some phones let no film begin by itself. @param {HTMLMediaElement} media @param {string | undefined} words */
function startButton(media, words) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "reel-start", textContent: `▶ ${words}` });
  const show = () => (button.hidden = !media.paused);
  button.addEventListener("click", () => toggle(media));
  for (const name of ["play", "pause", "emptied"]) media.addEventListener(name, show);
  return button;
}

class Feed {
  /** @param {HTMLDialogElement} dialog @param {Reel} first */
  constructor(dialog, first) {
    this.dialog = dialog;
    this.first = first;
    this.reels = /** @type {HTMLElement} */ (dialog.querySelector("[data-reels]"));
    this.seen = new Set();
    /** @type {Promise<void> | null} */
    this.loading = null;
    this.last = first;
    this.current = first.url;
    this.watcher = new IntersectionObserver((found) => this.#moved(found), {
      root: this.reels, threshold: [0, PLAYS_FROM],
    });
    dialog.addEventListener("close", () => this.#closed());
    dialog.querySelector("[data-feed-close]")?.addEventListener("click", () => dialog.close());
    this.reels.addEventListener("keydown", (event) => this.#key(event));
  }

  open() {
    document.querySelectorAll("video").forEach((video) => video.pause());
    if (!this.seen.size) this.#add(this.first);
    this.dialog.showModal();
    this.reels.focus();
  }

  /** @param {Reel} reel */
  #add(reel) {
    const place = document.createElement("article");
    place.className = "reel";
    place.dataset.url = reel.url;
    place.dataset.title = reel.title;
    const media = reel.media && document.importNode(reel.media, true);
    if (media) {
      media.controls = false;
      media.loop = true;
      media.addEventListener("click", () => toggle(media));
      place.append(media, startButton(media, this.dialog.dataset.play));
      followPlace(media, reel.url);
      chooseSource(place, media);
    }
    const words = document.createElement("p");
    const link = Object.assign(document.createElement("a"), { href: reel.url, textContent: this.dialog.dataset.details });
    words.append(Object.assign(document.createElement("b"), { textContent: reel.title }), " ", link);
    place.append(words);
    this.reels.append(place);
    this.seen.add(reel.url);
    this.last = reel;
    this.watcher.observe(place);
  }

  /** @param {IntersectionObserverEntry[]} found */
  #moved(found) {
    for (const { target, intersectionRatio } of found) {
      const place = /** @type {HTMLElement} */ (target);
      const media = place.querySelector("video");
      if (intersectionRatio < PLAYS_FROM) media?.pause();
      else {
        media?.play().catch(() => {});
        this.#arrived(place);
      }
    }
  }

  /** @param {HTMLElement} place */
  #arrived(place) {
    this.current = place.dataset.url ?? this.current;
    history.replaceState(null, "", this.current);
    document.title = place.dataset.title ?? document.title;
    if (place === this.reels.lastElementChild) this.#more();
  }

  /** After the last one that is not seen yet there is no more. */
  #more() {
    if (!this.last.next || this.seen.has(this.last.next)) return;
    this.loading ??= fetchReel(this.last.next)
      .then((reel) => void (reel && this.#add(reel)))
      .catch(() => this.#failed())
      .finally(() => (this.loading = null));
  }

  #failed() {
    const words = this.reels.lastElementChild?.querySelector("p");
    if (words && !words.querySelector("small")) {
      words.append(Object.assign(document.createElement("small"), { textContent: ` ${this.dialog.dataset.failed}` }));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, PageDown: 1, ArrowUp: -1, PageUp: -1 }[event.key];
    const media = this.reels.querySelector(`[data-url="${CSS.escape(this.current)}"] video`);
    if (step) this.reels.scrollBy({ top: step * this.reels.clientHeight, behavior: "smooth" });
    else if (event.key === " " && media instanceof HTMLVideoElement) media.click();
    else return;
    event.preventDefault();
  }

  /** Where the feed was left is where the page goes. */
  #closed() {
    this.reels.querySelectorAll("video").forEach((video) => video.pause());
    if (this.current !== this.first.url) location.assign(this.current);
  }
}

/** Gives the page's button its work. */
export function offerFeed() {
  const dialog = document.querySelector("[data-feed]");
  const opener = document.querySelector("[data-feed-open]");
  const first = read(document);
  if (!(dialog instanceof HTMLDialogElement) || !first || !opener) return;
  /** @type {Feed | null} */
  let feed = null;
  opener.addEventListener("click", () => (feed ??= new Feed(dialog, first)).open());
  opener.classList.remove("later");
}
