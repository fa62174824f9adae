/**
 * Large files into the library: several at once, with pause, and going on after a lost connection
 * or a closed page (tus). When a file is whole the server looks at it and takes it in.
 */

const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 60_000, 60_000, 60_000, 60_000];
const AT_ONCE = 3;
/** Refused for what the file is: sending it again would change nothing. */
const FOR_GOOD = new Set(["too_large", "no_recording", "unplayable"]);

const list = /** @type {HTMLElement} */ (document.querySelector("[data-uploads]"));
const input = /** @type {HTMLInputElement} */ (document.querySelector("[data-files]"));
const drop = /** @type {HTMLElement} */ (document.querySelector("[data-drop]"));
const words = list.dataset;

/** @param {string | undefined} text @param {Record<string, string | number>} values */
const fill = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @type {Row[]} */
const rows = [];

class Row {
  /** @param {File} file */
  constructor(file) {
    this.file = file;
    /** @type {"waiting" | "going" | "paused" | "ended"} */
    this.state = "waiting";
    /** @type {any} */
    this.upload = null;
    this.began = { at: 0, sent: 0 };
    this.place = document.createElement("li");
    this.title = Object.assign(document.createElement("input"), {
      type: "text", value: file.name.replace(/\.[^.]+$/, ""), maxLength: 255,
    });
    this.title.setAttribute("aria-label", file.name);
    this.bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    this.say = document.createElement("span");
    this.say.dataset.say = "";
    this.toggle = button(words.pause ?? "", () => (this.state === "going" ? this.pause() : this.go()));
    /** All of it has arrived. */
    this.whole = false;
    this.cancel = button(words.cancel ?? "", () => this.end());
    const row = document.createElement("div");
    row.className = "acts";
    row.append(this.say, this.toggle, this.cancel);
    this.place.append(this.title, this.bar, row);
    list.append(this.place);
  }

  async go() {
    this.state = "going";
    this.toggle.textContent = words.pause ?? "";
    if (this.whole) {
      this.#finish();
      return;
    }
    this.upload ??= await this.#make();
    this.began = { at: 0, sent: 0 };
    this.upload.start();
  }

  pause() {
    this.state = "paused";
    this.toggle.textContent = words.go ?? "";
    this.say.textContent = fill(words.paused, { percent: Math.floor(this.bar.value) });
    this.upload?.abort();
    next();
  }

  end() {
    this.upload?.abort(this.state !== "ended").catch(() => {});
    this.state = "ended";
    this.place.remove();
    next();
  }

  async #make() {
    const { Upload } = await import(String(words.library));
    const upload = new Upload(this.file, {
      endpoint: words.address,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      headers: { "X-CSRFToken": words.csrf },
      metadata: { filename: this.file.name },
      removeFingerprintOnSuccess: true,
      onProgress: (/** @type {number} */ sent, /** @type {number} */ total) => this.#progress(sent, total),
      onShouldRetry: (/** @type {any} */ error) => this.#mayRetry(error),
      onError: (/** @type {any} */ error) => this.#refused(toldBy(error)),
      onSuccess: () => this.#finish(),
    });
    const [before] = await upload.findPreviousUploads();
    if (before) upload.resumeFromPreviousUpload(before);
    return upload;
  }

  /** @param {number} sent @param {number} total */
  #progress(sent, total) {
    const now = Date.now();
    if (!this.began.at) this.began = { at: now, sent };
    const speed = (sent - this.began.sent) / Math.max(1, now - this.began.at);
    this.bar.value = (sent * 100) / total;
    if (this.state !== "going") return;
    const left = speed ? (total - sent) / speed / 1000 : 0;
    this.say.textContent = fill(words.going, {
      percent: Math.floor(this.bar.value),
      size: Math.ceil(total / 1e6),
      left: left > 90 ? fill(words.minutes, { n: Math.ceil(left / 60) }) : fill(words.seconds, { n: Math.ceil(left) }),
    });
  }

  /** What the server refuses by its content or its size stays refused. @param {any} error */
  #mayRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (!status) this.say.textContent = words.waiting ?? "";
    else if (status >= 500) this.say.textContent = toldBy(error).message;
    return !status || status === 409 || status === 423 || status >= 500;
  }

  async #finish() {
    this.whole = true;
    this.bar.removeAttribute("value");
    this.toggle.hidden = true;
    this.cancel.hidden = true;
    this.say.textContent = words.checking ?? "";
    const body = new FormData();
    body.set("title", this.title.value || this.file.name);
    const chosen = document.querySelector("[data-collection]");
    if (chosen instanceof HTMLSelectElement) body.set("collection", chosen.value);
    try {
      const answer = await fetch(`${this.upload.url}finish/`, {
        method: "POST", body, headers: { "X-CSRFToken": words.csrf ?? "" },
      });
      const told = await answer.json();
      // What was kept of it may be gone: then it is sent anew.
      this.whole = answer.status !== 409;
      if (answer.ok) this.#done(told.url);
      else this.#refused(told.error);
    } catch {
      this.#refused({});
    }
    next();
  }

  /** @param {string} url */
  #done(url) {
    this.state = "ended";
    this.bar.value = 100;
    const link = Object.assign(document.createElement("a"), { href: url, textContent: words.open, className: "button button-small" });
    this.say.textContent = words.done ?? "";
    this.say.after(link);
    this.title.disabled = true;
  }

  /** Another try is offered where it can help. @param {{code?: string, message?: string}} told */
  #refused({ code = "", message = "" }) {
    const forGood = FOR_GOOD.has(code);
    this.state = forGood ? "ended" : "paused";
    this.bar.value = forGood ? 0 : this.whole ? 100 : this.bar.value;
    this.say.textContent = message || (words.failed ?? "");
    this.say.classList.add("refused");
    this.toggle.hidden = forGood;
    this.toggle.textContent = words.again ?? "";
    this.cancel.hidden = false;
    if (forGood) this.cancel.textContent = words.remove ?? "";
    next();
  }
}

/** @param {string} text @param {() => void} act */
function button(text, act) {
  const made = Object.assign(document.createElement("button"), {
    type: "button", className: "button button-small button-secondary", textContent: text,
  });
  made.addEventListener("click", act);
  return made;
}

/** @param {any} error @returns {{code: string, message: string}} */
function toldBy(error) {
  try {
    return JSON.parse(error.originalResponse?.getBody() ?? "").error;
  } catch {
    return { code: "", message: "" };
  }
}

/** Starts those that wait, a few at a time. */
function next() {
  const going = rows.filter(({ state }) => state === "going").length;
  rows.filter(({ state }) => state === "waiting").slice(0, Math.max(0, AT_ONCE - going)).forEach((row) => row.go());
}

/** @param {FileList | null | undefined} files */
function take(files) {
  rows.push(...[...(files ?? [])].map((file) => new Row(file)));
  input.value = "";
  next();
}

input.addEventListener("change", () => take(input.files));
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (event instanceof DragEvent && name === "drop") take(event.dataTransfer?.files);
  });
}
addEventListener("beforeunload", (event) => {
  if (rows.some(({ state }) => state === "going")) event.preventDefault();
});
