/** JSON to and from the school. What goes wrong is either a refusal or no answer at all. */

const PATIENCE_MS = 20_000;

/** The school understood and said no. */
export class Refused extends Error {
  /** @param {number} status @param {{code?: string, message?: string, fields?: Record<string, string>}} error */
  constructor(status, error) {
    super(error.message ?? "");
    this.status = status;
    this.code = error.code ?? "";
    this.fields = error.fields ?? {};
  }
}

/** No network, no answer in time, or an answer that makes no sense: worth trying again. */
export class Unreachable extends Error {}

/** @param {string} url */
export function getJSON(url) {
  return answer(url, { headers: { Accept: "application/json" } });
}

/**
 * @param {string} url @param {object} body
 * @param {{csrf?: string, keepalive?: boolean}} [options] keepalive: the page may be going away
 */
export function postJSON(url, body, { csrf, keepalive = false } = {}) {
  const headers = { "Content-Type": "application/json", ...(csrf && { "X-CSRFToken": csrf }) };
  return answer(url, { method: "POST", headers, body: JSON.stringify(body), keepalive });
}

/** @param {string} url @param {RequestInit} init @returns {Promise<any>} */
async function answer(url, init) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, { credentials: "same-origin", signal: stop.signal, ...init });
    const json = await response.json();
    if (response.ok) return json;
    if (response.status < 500 && json.error) throw new Refused(response.status, json.error);
    throw new Unreachable(String(response.status));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}
