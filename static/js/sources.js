/**
 * Which file a player plays: the browser's own HLS where it has it, elsewhere a small engine
 * (frontend/spf.js), hls.js when that fails, and the one MP4 of the page when none works. Streams
 * start with the lowest rung and adapt; who saves data stays on it, and sound can play alone. What
 * was chosen is remembered on the device.
 *
 * Addresses may be signed and expire while somebody watches: then the same second is asked for
 * anew, a few times, before the next way is tried.
 */

const HLS_TYPE = "application/vnd.apple.mpegurl";
const REMEMBERED = "school.stream";
/** The data saver of the whole school (elder.js), which decides until something is chosen here. */
const SAVER = "school.saver";
const AGAIN_AT_MOST = 3;
const AGAIN_WITHIN_MS = 60_000;
/** Played since the last trouble: then the fresh addresses were good, and these have expired, too. */
const WENT_ON_S = 3;
/** What the engines assume of a network it has not measured yet: enough for the lowest rung alone. */
const FIRST_GUESS_BITS = 300_000;
const AHEAD_S = 30;
/** When no way leads on, the network may be gone: then all of them are tried once more. */
const LATER_MS = 10_000;
const LATER_AT_MOST = 30;

/** How soon the small engine asks again while the network is gone. */
const PATIENCE_MS = 3_000;
/** So long nothing plays and nothing comes: then something is wrong. */
const STILL_S = 8;
const SOUND_CODEC = "mp4a.40.2";

/** @typedef {"native" | "small" | "hls" | "file"} Way */

/** @returns {string} "data", "sound" or nothing */
function remembered() {
  try {
    const saving = localStorage.getItem(SAVER) === "1" ? "data" : "";
    return localStorage.getItem(REMEMBERED) ?? saving;
  } catch {
    return "";
  }
}

/** @param {string} saver */
function remember(saver) {
  try {
    localStorage.setItem(REMEMBERED, saver);
  } catch {
    // Forgotten with the page.
  }
}

/** @param {HTMLElement} section @param {HTMLMediaElement} media */
export function chooseSource(section, media) {
  const { main, low, sound, small, library } = media.dataset;
  const file = media.querySelector("source")?.src ?? "";
  const player = new Player(media, { main: main ?? file, low, sound, small, library, file });
  if (main) switches(section, player);
  player.prepare();
}

/** @param {HTMLElement} section @param {Player} player */
function switches(section, player) {
  const buttons = [...section.querySelectorAll("[data-saver]")];
  const show = () => {
    for (const button of buttons) {
      const { saver } = /** @type {HTMLElement} */ (button).dataset;
      button.setAttribute("aria-pressed", String(saver === player.saver));
    }
    section.querySelector("[data-stage]")?.classList.toggle("only-sound", player.saver === "sound");
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const { saver } = /** @type {HTMLElement} */ (button).dataset;
      player.save(saver === player.saver ? "" : (saver ?? ""));
      show();
    });
  }
  show();
}

class Player {
  /**
   * @param {HTMLMediaElement} media
   * @param {{main: string, low?: string, sound?: string, small?: string, library?: string, file: string}} addresses
   */
  constructor(media, addresses) {
    this.media = media;
    this.addresses = addresses;
    this.saver = remembered();
    this.ways = this.#possible();
    /** @type {any} what takes the stream apart */
    this.engine = null;
    /** @type {any} the engine on whose behalf the school is asked whether it is there */
    this.asking = null;
    this.started = false;
    /** Whether the person wants it to play, whatever the switching of sources does meanwhile. */
    this.wanted = false;
    this.switching = false;
    /** @type {number[]} when the present way was begun anew */
    this.again = [];
    this.known = 0;
    /** Seconds of media played since the last trouble. */
    this.played = 0;
    /** How often no way led on. */
    this.waited = 0;
  }

  /** Nothing is loaded before somebody plays. */
  prepare() {
    const { media } = this;
    if (this.ways[0] === "native") this.#setSource(this.address);
    media.addEventListener("timeupdate", () => {
      const step = media.currentTime - this.known;
      if (step > 0 && step < 1) this.played += step;
      this.known = media.currentTime || this.known;
    });
    media.addEventListener("play", () => (this.wanted = true));
    media.addEventListener("play", () => this.#begin(), { once: true });
    // One sent before the switching began arrives when it has, and means nothing then.
    media.addEventListener("playing", () => (this.switching &&= media.paused));
    media.addEventListener("pause", () => (this.wanted &&= this.switching));
    media.addEventListener("error", ({ target }) => {
      if (target === media || target instanceof HTMLSourceElement) this.#troubled();
    }, true);
  }

  /** @returns {Way[]} in the order in which they are tried */
  #possible() {
    const forced = /** @type {Way | undefined} */ (this.media.dataset.way);
    /** @type {Way[]} */
    const ways = [];
    if (!this.media.dataset.main) return ["file"];
    if (this.media.canPlayType(HLS_TYPE)) ways.push("native");
    if (this.addresses.small && "MediaSource" in globalThis) ways.push("small");
    if (this.addresses.library && "MediaSource" in globalThis) ways.push("hls");
    ways.push("file");
    return forced ? ways.filter((way) => way === forced || way === "file") : ways;
  }

  get #takesApart() {
    return this.ways[0] === "small" || this.ways[0] === "hls";
  }

  get address() {
    const { main, low, sound } = this.addresses;
    return (this.saver === "sound" && sound) || (this.saver === "data" && low) || main;
  }

  /** @param {string} saver */
  save(saver) {
    this.saver = saver;
    remember(saver);
    if (this.ways[0] === "file") return;
    if (this.started) this.#go();
    else if (this.ways[0] === "native") this.#setSource(this.address);
  }

  #begin() {
    this.started = true;
    if (!this.#takesApart) return;
    // The one MP4 must not take the line from the library, which the playlists come along with.
    this.media.querySelector("source")?.remove();
    this.media.load();
    const { main, low } = this.addresses;
    const needed = this.ways[0] === "small" && this.saver !== "sound" ? [main, low] : [this.address];
    for (const address of needed) if (address) fetch(address).catch(() => {});
    this.#go();
  }

  /** Plays the present way from where playback stands, and goes on playing if it did. */
  async #go() {
    const { media } = this;
    const at = media.currentTime || this.known;
    // A browser drops the "play" it has not yet told when the source changes.
    this.wanted ||= !media.paused;
    this.switching = true;
    media.pause();
    try {
      if (this.#takesApart) await this.#stream(at);
      else this.#setSource(this.ways[0] === "file" ? this.addresses.file : this.address, at);
    } catch {
      return this.#next();
    }
    if (this.wanted) media.play().catch(() => {});
    else this.switching = false;
  }

  /** @param {string} address @param {number} [at] */
  #setSource(address, at = 0) {
    const { media } = this;
    const rate = media.playbackRate;
    media.querySelector("source")?.remove();
    media.src = address;
    if (!at) return;
    media.addEventListener("loadedmetadata", () => {
      media.currentTime = at;
      media.playbackRate = rate;
    }, { once: true });
    media.load();
  }

  /** @param {number} at */
  async #stream(at) {
    const { media } = this;
    this.engine?.destroy();
    const rate = media.playbackRate;
    media.querySelector("source")?.remove();
    media.removeAttribute("src");
    // Now, not when an engine comes: what is pressed from here on is told.
    media.load();
    await (this.ways[0] === "small" ? this.#small(at) : this.#hls(at));
    media.playbackRate = rate;
  }

  /** @param {number} at */
  async #small(at) {
    const { media, addresses, saver } = this;
    const [{ stream }, answer] = await Promise.all([
      import(String(addresses.small)),
      fetch(this.address),
    ]);
    if (!answer.ok) throw new Error("no playlist");
    const alone = this.address === addresses.sound || media instanceof HTMLAudioElement;
    // The engine loads the element anew: what was pressed since is not told any more, either.
    this.wanted ||= !media.paused;
    const engine = stream(media, alone ? this.address : addresses.main, {
      at,
      guess: FIRST_GUESS_BITS,
      ahead: AHEAD_S,
      lowest: saver === "data",
      sound: alone ? SOUND_CODEC : "",
      failed: () => this.#perhapsGone(engine),
    });
    this.engine = engine;
    this.#watch(engine);
    // Playing before that would be stopped by it.
    await new Promise((done) => media.addEventListener("loadedmetadata", done, { once: true }));
  }

  /** A refusal is film to the small engine, and it waits for more. @param {any} engine */
  #watch(engine) {
    let [still, before] = [0, ""];
    const timer = setInterval(() => {
      if (this.engine !== engine) return clearInterval(timer);
      const { buffered, currentTime, readyState } = this.media;
      const ends = Array.from(buffered, (_none, at) => buffered.end(at));
      const now = String([currentTime, ...ends]);
      still = this.wanted && readyState < HTMLMediaElement.HAVE_FUTURE_DATA && now === before ? still + 1 : 0;
      before = now;
      if (still >= STILL_S) this.#perhapsGone(engine);
    }, 1000);
  }

  /** The small engine does not try again by itself. @param {any} engine */
  async #perhapsGone(engine) {
    if (engine !== this.engine || this.asking === engine) return;
    this.asking = engine;
    while (this.engine === engine && !(await this.#perhapsExpired(engine))) {
      await new Promise((done) => setTimeout(done, PATIENCE_MS));
    }
  }

  /** @param {number} at */
  async #hls(at) {
    const { media, addresses } = this;
    const { Hls } = await import(String(addresses.library));
    if (!Hls.isSupported()) throw new Error("no Media Source Extensions");
    const hls = new Hls({
      startLevel: 0,
      startPosition: at || -1,
      testBandwidth: false,
      abrEwmaDefaultEstimate: FIRST_GUESS_BITS,
      capLevelToPlayerSize: true,
      maxBufferLength: AHEAD_S,
    });
    this.engine = hls;
    hls.on(Hls.Events.ERROR, (/** @type {any} */ _name, /** @type {any} */ error) => {
      if (error.details === Hls.ErrorDetails.FRAG_LOAD_ERROR) this.#perhapsExpired(hls);
      if (!error.fatal) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR && this.#mayTryAgain()) hls.recoverMediaError();
      else this.#troubled();
    });
    hls.loadSource(this.address);
    hls.attachMedia(media);
    await new Promise((done) => hls.once(Hls.Events.MANIFEST_PARSED, done));
  }

  /**
   * hls.js would try the same address for half a minute. If the school answers, the line is there
   * and the address has expired. @param {any} engine @returns {Promise<boolean>} whether it is so
   */
  async #perhapsExpired(engine) {
    const signal = AbortSignal.timeout?.(STILL_S * 1000);
    const answer = await fetch(this.address, { cache: "reload", signal }).catch(() => null);
    if (answer?.ok && engine && this.engine === engine) this.#troubled();
    return Boolean(answer?.ok);
  }

  /** The same way again, for its addresses may only have expired; then the next one. */
  #troubled() {
    if (!this.started) return;
    if (this.#mayTryAgain()) this.#go();
    else this.#next();
  }

  #mayTryAgain() {
    const now = Date.now();
    if (this.played >= WENT_ON_S) {
      this.again = [];
      this.waited = 0;
    }
    this.played = 0;
    this.again = this.again.filter((then) => now - then < AGAIN_WITHIN_MS);
    if (this.again.length >= AGAIN_AT_MOST) return false;
    this.again.push(now);
    return true;
  }

  #next() {
    this.engine?.destroy();
    this.engine = null;
    this.again = [];
    if (this.ways.length === 1) return this.#later();
    this.ways.shift();
    this.#go();
  }

  #later() {
    if (this.waited >= LATER_AT_MOST) return;
    this.waited += 1;
    setTimeout(() => {
      this.ways = this.#possible();
      this.#go();
    }, LATER_MS);
  }
}
