/** A short video: controls and keys, nothing is recorded. */

import { control } from "./controls.js";

const section = document.querySelector("[data-player]");
if (section instanceof HTMLElement) control(section);
