/** The bar that shows which parts were really played. */

import { fill } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {Element | null} bar an svg with one rect as ground
 * @param {number} length of the recording, in seconds
 * @param {import("./intervals.js").Intervals} covered
 * @param {number} percent @param {string} [words] with {percent}
 */
export function drawCoverage(bar, length, covered, percent, words) {
  if (!bar || !length) return;
  bar.setAttribute("viewBox", `0 0 ${length} 10`);
  bar.setAttribute("aria-label", fill(words, { percent }));
  bar.replaceChildren(rect("", 0, length), ...covered.map(([from, to]) => rect("seen", from, to)));
}

/** @param {string} name @param {number} from @param {number} to */
function rect(name, from, to) {
  const shape = document.createElementNS(SVG, "rect");
  if (name) shape.setAttribute("class", name);
  shape.setAttribute("x", String(from));
  shape.setAttribute("width", String(to - from));
  shape.setAttribute("height", "10");
  return shape;
}
