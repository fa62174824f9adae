/** The badge of an assigned course: who asks for it, and how many days are left. */

import { fill } from "./words.js";

/** @param {Element} box @param {{by: string, due: string, days: number} | null | undefined} assigned */
export function showAssigned(box, assigned) {
  const badge = box.querySelector("[data-assigned]");
  if (!(badge instanceof HTMLElement)) return;
  badge.hidden = !assigned;
  if (!assigned) return;
  const { left, today, over } = badge.dataset;
  const { by, days } = assigned;
  badge.textContent = fill(days > 0 ? left : days ? over : today, { by, n: Math.abs(days) });
}
