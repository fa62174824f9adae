/** Keeps the progress of conversions up to date while any of them goes on. */

const PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
const script = document.querySelector("script[data-address]");
const address = script instanceof HTMLElement ? (script.dataset.address ?? "") : "";

/** @typedef {{state: string, progress: number, words: string, message: string, going_on: boolean}} Conversion */

/** @returns {HTMLElement[]} */
const goingOn = () => [...document.querySelectorAll("[data-conversion][data-going-on='1']")]
  .filter((place) => place instanceof HTMLElement);

/** @param {HTMLElement} place @param {Conversion} told */
function show(place, told) {
  const bar = place.querySelector("progress");
  const words = place.querySelector("[data-words]");
  if (bar) {
    bar.value = told.progress;
    bar.hidden = !told.going_on;
  }
  if (words) words.textContent = [told.words, told.message].filter(Boolean).join(" · ");
  place.dataset.goingOn = told.going_on ? "1" : "";
}

async function ask() {
  const places = goingOn();
  if (!places.length) return false;
  const ids = places.slice(0, 100).map((place) => place.dataset.conversion).join(",");
  const answer = await fetch(`${address}?ids=${ids}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  for (const place of places) {
    const mine = told[place.dataset.conversion ?? ""];
    if (mine) show(place, mine);
  }
  // What comes with the end (posters, another file in the player) is drawn by the server.
  if (document.querySelector("[data-desk]") && !goingOn().length) location.reload();
  return true;
}

/** @param {number} pause */
function again(pause) {
  setTimeout(() => ask().then(
    (more) => more && again(PAUSE_MS),
    () => again(Math.min(LONGEST_PAUSE_MS, pause * 2)),
  ), pause);
}

again(PAUSE_MS);
