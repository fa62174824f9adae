/** Beside the text of captions: plays the place where the cursor is, and writes times. */

const media = document.querySelector("[data-media]");
const text = document.querySelector("textarea[name=text]");
const LENGTH_S = 4;
const TIME = /(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3}) +-->/g;

/** @param {number} seconds as WebVTT writes it */
function written(seconds) {
  const ms = Math.round(seconds * 1000);
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${parts.map((n) => String(n).padStart(2, "0")).join(":")}.${String(ms % 1000).padStart(3, "0")}`;
}

/** The second of the caption that the cursor is in. @param {string} before what stands before it */
function secondAt(before) {
  const found = [...before.matchAll(TIME)].pop();
  if (!found) return null;
  return Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]) + Number(found[4]) / 1000;
}

if (media instanceof HTMLMediaElement && text instanceof HTMLTextAreaElement) {
  document.querySelector("[data-insert-time]")?.addEventListener("click", () => {
    const at = media.currentTime;
    const end = text.value.length;
    const gap = text.value.endsWith("\n\n") ? "" : text.value.endsWith("\n") ? "\n" : "\n\n";
    text.setRangeText(`${gap}${written(at)} --> ${written(at + LENGTH_S)}\n`, end, end, "end");
    text.focus();
  });
  text.addEventListener("dblclick", () => {
    const at = secondAt(text.value.slice(0, text.value.indexOf("\n", text.selectionStart) + 1));
    if (at === null) return;
    media.currentTime = at;
    media.play().catch(() => {});
  });
}
