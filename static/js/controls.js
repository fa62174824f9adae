/** Buttons and keys around the browser's own player: big start, ten seconds, speed, captions. */

import { chooseSource } from "./sources.js";

const JUMP_S = 10;
const DOUBLE_TAP_MS = 320;
const SHOWN_MS = 700;
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

/** @param {HTMLElement} section with [data-player] @returns {HTMLMediaElement | null} */
export function control(section) {
  const media = section.querySelector("[data-media]");
  if (!(media instanceof HTMLMediaElement)) return null;
  const acts = actions(media);
  section.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (button instanceof HTMLElement) acts[button.dataset.act ?? ""]?.();
  });
  document.addEventListener("keydown", (event) => onKey(event, section, acts));
  speedChoice(section, media);
  captions(section, media);
  smallWindow(section, media);
  doubleTap(section, media, acts);
  chapters(media);
  chooseSource(section, media);
  showPlaying(section, media);
  for (const part of section.querySelectorAll(".later")) part.classList.remove("later");
  return media;
}

/** @param {HTMLMediaElement} media @returns {Record<string, () => void>} */
function actions(media) {
  const jump = (/** @type {number} */ by) => {
    const end = media.duration || Infinity;
    media.currentTime = Math.min(end, Math.max(0, media.currentTime + by));
  };
  const speed = (/** @type {number} */ by) => {
    const at = SPEEDS.indexOf(media.playbackRate);
    media.playbackRate = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (at < 0 ? 1 : at) + by))];
  };
  return {
    toggle: () => void (media.paused ? media.play().catch(() => {}) : media.pause()),
    back: () => jump(-JUMP_S),
    ahead: () => jump(JUMP_S),
    slower: () => speed(-1),
    faster: () => speed(1),
    captions: () => toggleCaptions(media),
    full: () => void fullScreen(media),
    picture: () => void togglePicture(/** @type {HTMLVideoElement} */ (media)),
  };
}

/** @type {Record<string, string>} */
const KEYS = { k: "toggle", j: "back", l: "ahead", c: "captions", f: "full", i: "picture", "<": "slower", ">": "faster" };
/** @type {Record<string, string>} */
const KEYS_IN_PLAYER = { " ": "toggle", ArrowLeft: "back", ArrowRight: "ahead" };

/** @param {KeyboardEvent} event @param {HTMLElement} section @param {Record<string, () => void>} acts */
function onKey(event, section, acts) {
  const target = event.target instanceof Element ? event.target : document.body;
  const inside = section.contains(target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!inside && target !== document.body && target.id !== "main") return;
  // Space presses the focused button, arrows choose in a list: those keep their own meaning.
  const own = target.closest("button, select, a");
  const act = KEYS[event.key] ?? (inside && !own ? KEYS_IN_PLAYER[event.key] : undefined);
  if (!act) return;
  event.preventDefault();
  acts[act]();
}

/** @param {HTMLElement} section @param {HTMLMediaElement} media */
function speedChoice(section, media) {
  const choice = section.querySelector("[data-speed]");
  if (!(choice instanceof HTMLSelectElement)) return;
  choice.addEventListener("change", () => (media.playbackRate = Number(choice.value)));
  media.addEventListener("ratechange", () => (choice.value = String(media.playbackRate)));
}

/** @param {HTMLMediaElement} media */
function toggleCaptions(media) {
  const track = media.textTracks[0];
  if (!track) return;
  const off = media instanceof HTMLAudioElement ? "disabled" : "hidden";
  const on = media instanceof HTMLAudioElement ? "hidden" : "showing";
  track.mode = track.mode === on ? off : on;
}

/** On from the start; a sound recording shows the words itself. @param {HTMLElement} section @param {HTMLMediaElement} media */
function captions(section, media) {
  const button = section.querySelector("[data-act=captions]");
  const place = section.querySelector("[data-cue]");
  const track = media.textTracks[0];
  if (!track) return;
  track.mode = place ? "hidden" : "showing";
  const on = track.mode;
  const write = () => {
    const cues = track.mode === on ? [...(track.activeCues ?? [])] : [];
    if (place) place.textContent = cues.map((cue) => /** @type {VTTCue} */ (cue).text).join(" ");
  };
  track.addEventListener("cuechange", write);
  media.textTracks.addEventListener("change", () => {
    button?.setAttribute("aria-pressed", String(track.mode === on));
    write();
  });
}

/** @param {HTMLElement} section @param {HTMLMediaElement} media */
function showPlaying(section, media) {
  const start = section.querySelector("[data-start]");
  const toggle = section.querySelector("[data-play]");
  const show = () => {
    if (!(toggle instanceof HTMLElement)) return;
    const words = media.paused ? toggle.dataset.play : toggle.dataset.pause;
    toggle.replaceChildren(words ?? "");
  };
  media.addEventListener("play", () => start?.remove(), { once: true });
  media.addEventListener("play", show);
  media.addEventListener("pause", show);
}

/** A wide film turns the phone; some phones do not let themselves be turned. @param {HTMLMediaElement} media */
async function fullScreen(media) {
  const phone = /** @type {any} */ (media);
  const { videoWidth: width, videoHeight: height } = phone;
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (media.requestFullscreen) {
      await media.requestFullscreen();
      if (width > height) await /** @type {any} */ (screen.orientation)?.lock?.("landscape");
    } else phone.webkitEnterFullscreen?.();
  } catch {
    // Not allowed here: the small picture plays on.
  }
}

/** @param {HTMLElement} section @param {HTMLMediaElement} media */
function smallWindow(section, media) {
  const button = section.querySelector("[data-act=picture]");
  if (!(button instanceof HTMLElement)) return;
  button.hidden = !document.pictureInPictureEnabled || !("requestPictureInPicture" in media);
}

/** @param {HTMLVideoElement} media */
async function togglePicture(media) {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await media.requestPictureInPicture?.();
  } catch {
    // Before anything is loaded there is no picture to take out.
  }
}

/** Two quick taps on the left or right third jump. @param {HTMLElement} section @param {HTMLMediaElement} media @param {Record<string, () => void>} acts */
function doubleTap(section, media, acts) {
  let last = { at: 0, side: "" };
  const shown = section.querySelector("[data-jumped]");
  media.addEventListener("touchend", (event) => {
    const touch = event.changedTouches[0];
    const box = media.getBoundingClientRect();
    const share = (touch.clientX - box.left) / box.width;
    const side = share < 1 / 3 ? "back" : share > 2 / 3 ? "ahead" : "";
    const twice = side && side === last.side && event.timeStamp - last.at < DOUBLE_TAP_MS;
    last = { at: event.timeStamp, side };
    if (!twice) return;
    event.preventDefault();
    acts[side]();
    if (shown instanceof HTMLElement) flash(shown, side);
  }, { passive: false });
}

/** @param {HTMLElement} shown @param {string} side */
function flash(shown, side) {
  shown.textContent = side === "back" ? `‹‹ ${JUMP_S}` : `${JUMP_S} ››`;
  shown.classList.toggle("right", side === "ahead");
  shown.hidden = false;
  setTimeout(() => (shown.hidden = true), SHOWN_MS);
}

/** Buttons anywhere on the page that name a second to go to. @param {HTMLMediaElement} media */
function chapters(media) {
  for (const button of document.querySelectorAll("button[data-seek]")) {
    button.addEventListener("click", () => {
      const at = Number(/** @type {HTMLElement} */ (button).dataset.seek);
      if (media.readyState) media.currentTime = at;
      else media.addEventListener("loadedmetadata", () => (media.currentTime = at), { once: true });
      media.play().catch(() => {});
    });
  }
}
