/**
 * Photos and the video of a story, one request a file, so that a lost connection costs one file and
 * not all; with progress, and another try for what did not arrive.
 */

const WAIT_MS = 15 * 60_000;

/** @param {string | undefined} text @param {Record<string, string | number>} values */
const fill = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

class Sending {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
    this.bar = /** @type {HTMLProgressElement} */ (form.querySelector("[data-bar]"));
    this.told = /** @type {HTMLElement} */ (form.querySelector("[data-say]"));
    this.button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    this.label = this.button.textContent;
    /** @type {File[]} */
    this.left = [];
    this.all = 0;
    this.input.addEventListener("change", () => { this.left = []; });
    form.addEventListener("submit", (event) => {
      if (!this.input.files?.length) return;
      event.preventDefault();
      this.start();
    });
  }

  async start() {
    if (!this.left.length) {
      this.left = [...(this.input.files ?? [])];
      this.all = this.left.length;
    }
    this.busy(true);
    try {
      while (this.left.length) {
        await this.send(/** @type {File} */ (this.left[0]));
        this.left.shift();
      }
      location.reload();
    } catch (error) {
      this.stop(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} words */
  stop(words) {
    this.busy(false);
    this.say(words, true);
    // Nothing is left of what was refused: another file is chosen, not this one sent again.
    this.button.textContent = (this.left.length ? this.form.dataset.again : this.label) ?? "";
    if (!this.left.length) this.input.value = "";
  }

  /** @param {boolean} now */
  busy(now) {
    this.button.disabled = this.input.disabled = now;
    this.bar.hidden = !now;
  }

  /** @param {string} words @param {boolean} [bad] */
  say(words, bad = false) {
    this.told.hidden = false;
    this.told.classList.toggle("bad", bad);
    this.told.textContent = words;
  }

  /** @param {File} file @returns {Promise<void>} rejects with words for the person */
  send(file) {
    const { form } = this;
    const body = new FormData();
    body.append(this.input.name, file);
    const token = /** @type {HTMLInputElement} */ (form.querySelector("[name=csrfmiddlewaretoken]"));
    const which = { n: this.all - this.left.length + 1, all: this.all };
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.timeout = WAIT_MS;
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", token.value);
      request.upload.onprogress = ({ loaded, total }) => {
        const percent = Math.floor((loaded / total) * 100);
        this.bar.value = percent;
        const words = percent < 100 ? form.dataset.sending : form.dataset.looking;
        this.say(fill(words, { ...which, percent }));
      };
      request.onload = () => (request.status === 201 ? done() : fail(new Error(this.reason(request))));
      request.onerror = request.ontimeout = () => fail(new Error(form.dataset.lost));
      request.send(body);
    });
  }

  /** @param {XMLHttpRequest} request */
  reason(request) {
    // A file that was refused is not sent again; the others behind it are.
    if (request.status === 422) this.left.shift();
    try {
      return JSON.parse(request.responseText).error.message;
    } catch {
      return this.form.dataset.failed ?? "";
    }
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  new Sending(/** @type {HTMLFormElement} */ (form));
}
