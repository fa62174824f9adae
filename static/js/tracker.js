/**
 * Counts what is really played: only time that passes while playing, never what is skipped.
 *
 * A step from one sample to the next counts when it is no longer than playing could have made
 * it; every seek starts anew. A page kept busy or a locked screen delays samples, so the step
 * may be as long as the clock says.
 */

const LONGEST_STEP_S = 1.5;
const CLOCK_TOLERANCE = 1.05;
/** A player stops a few frames after it says so: those were played, too. */
const OVERRUN_S = 0.5;

/**
 * @param {HTMLMediaElement} media
 * @param {(from: number, to: number) => void} onPlayed in media seconds
 * @param {() => number} [now] seconds
 */
export function track(media, onPlayed, now = () => performance.now() / 1000) {
  /** @type {{at: number, time: number} | null} */
  let last = null;
  /** Where it was paused, while nobody has moved it since. @type {number | null} */
  let paused = null;

  const sample = () => {
    const next = { at: media.currentTime, time: now() };
    if (!last && paused !== null && !media.seeking) {
      if (next.at > paused && next.at - paused <= OVERRUN_S) onPlayed(paused, next.at);
      paused = media.paused ? next.at : null;
    }
    if (last && !media.seeking) {
      const step = next.at - last.at;
      const room = Math.max(LONGEST_STEP_S, (next.time - last.time) * CLOCK_TOLERANCE);
      if (step > 0 && step <= room * media.playbackRate) onPlayed(last.at, next.at);
    }
    if (media.paused && last) paused = next.at;
    last = media.paused || media.seeking ? null : next;
  };
  const forget = () => (last = paused = null);

  for (const name of ["timeupdate", "playing", "pause", "ended", "ratechange"]) {
    media.addEventListener(name, sample);
  }
  media.addEventListener("seeking", forget);
  media.addEventListener("emptied", forget);
}
