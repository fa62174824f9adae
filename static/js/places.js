/** Where short videos were left: on this device alone, nothing of it is sent. */

const KEPT = "school.places";
const MOST = 50;
/** Nobody wants to resume in the first or the last seconds. */
const EDGE_S = 3;
const EVERY_S = 2;

/** @returns {Record<string, number>} seconds by address, the latest last */
function all() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} url */
const nameOf = (url) => new URL(url, location.href).pathname;

/** @param {string} url */
export function placeOf(url) {
  return Number(all()[nameOf(url)]) || 0;
}

/** @param {string} url @param {number} at @param {number} end */
function keep(url, at, end) {
  const { [nameOf(url)]: _before, ...others } = all();
  const places = Object.entries(others).slice(-MOST + 1);
  if (at >= EDGE_S && at <= end - EDGE_S) places.push([nameOf(url), Math.floor(at)]);
  try {
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(places)));
  } catch {
    // Forgotten with the page.
  }
}

/** Goes to the place at the first play, and remembers from then on. @param {HTMLMediaElement} media @param {string} url */
export function followPlace(media, url) {
  let kept = 0;
  const go = () => {
    const place = placeOf(url);
    if (place && media.currentTime < 1) media.currentTime = place;
  };
  media.addEventListener("play", () => {
    if (media.readyState) go();
    else media.addEventListener("loadedmetadata", go, { once: true });
  }, { once: true });
  media.addEventListener("timeupdate", () => {
    if (media.seeking || Math.abs(media.currentTime - kept) < EVERY_S || !media.duration) return;
    kept = media.currentTime;
    keep(url, kept, media.duration);
  });
}
