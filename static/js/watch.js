/** A short video: controls and keys, and the feed of those that follow. Nothing is recorded. */

import { control } from "./controls.js";
import { offerFeed } from "./feed.js";
import { followPlace, placeOf } from "./places.js";
import { clock, fill } from "./words.js";

const section = document.querySelector("[data-player]");
// Before the player changes the page: the feed shows the film as it came.
offerFeed();
const media = section instanceof HTMLElement ? control(section) : null;
if (media) {
  const place = placeOf(location.href);
  const start = section?.querySelector("[data-start]");
  const label = start?.querySelector("span");
  if (place && label && start instanceof HTMLElement) {
    label.textContent = fill(start.dataset.resume, { time: clock(place) });
  }
  followPlace(media, location.href);
}
