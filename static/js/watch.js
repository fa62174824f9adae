/** A short video: controls and keys, and the feed of those that follow. Nothing is recorded. */

import { control } from "./controls.js";
import { offerFeed } from "./feed.js";

const section = document.querySelector("[data-player]");
// Before the player changes the page: the feed shows the film as it came.
offerFeed();
if (section instanceof HTMLElement) control(section);
