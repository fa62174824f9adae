/** Buttons and keys around the browser's own player: big start, ten seconds, speed, captions. */

const JUMP_S = 10;
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
  };
}

/** @type {Record<string, string>} */
const KEYS = { k: "toggle", c: "captions", f: "full", "<": "slower", ">": "faster" };
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

/** @param {HTMLMediaElement} media */
async function fullScreen(media) {
  const phone = /** @type {any} */ (media);
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (media.requestFullscreen) await media.requestFullscreen();
    else phone.webkitEnterFullscreen?.();
  } catch {
    // Not allowed here: the small picture plays on.
  }
}
