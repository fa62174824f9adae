/** Words come from the page (Django translates them); here they are only filled in. */

const words = /** @type {DOMStringMap} */ (document.getElementById("words")?.dataset ?? {});

/** @param {string | undefined} text with {names} @param {Record<string, string | number>} values */
export function fill(text, values = {}) {
  return (text ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key a data attribute of #words @param {Record<string, string | number>} [values] */
export function say(key, values) {
  return fill(words[key], values);
}

/** A length in words: 1 分 46 秒. @param {number} seconds */
export function spoken(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const m = Math.floor(whole / 60);
  const s = whole % 60;
  if (!m) return say("seconds", { s });
  return s ? say("both", { m, s }) : say("minutes", { m });
}

/** A place in a recording: 02:16, or 1:02:16 from an hour on. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const rest = [Math.floor(whole / 60) % 60, whole % 60];
  return [...(hours ? [hours] : []), ...rest.map((n) => String(n).padStart(2, "0"))].join(":");
}
