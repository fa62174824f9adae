/**
 * A quarter of hls.js, for what the school's own streams are: fragmented MP4, on demand. Loaded by
 * static/js/sources.js; hls.js stands behind it.
 */

import { effect } from "@videojs/spf";
import { createHlsVideoEngine } from "@videojs/spf/hls";

/**
 * Plays a stream from a second on. `lowest`: only its lowest rung. `sound`: the address is that of
 * the sound's own playlist, with this codec. `failed` is called after each request that failed.
 * @param {HTMLMediaElement} media
 * @param {string} address
 * @param {{at: number, guess: number, ahead: number, lowest: boolean, sound: string, failed: () => void}} told
 */
export function stream(media, address, { at, guess, ahead, lowest, sound, failed }) {
  let requests = 0;
  /** @type {any} */
  let signals;
  const engine = createHlsVideoEngine({
    initialBandwidth: guess,
    forwardBuffer: { bufferDuration: ahead },
    // Never twice the same host: what failed is told, and none of its rungs is struck off.
    getCdnId: () => String((requests += 1)),
    ...(lowest && { quality: { safetyMargin: 0 } }),
    ...(sound && { parsePresentation: (_text, { url }) => soundAlone(url, sound) }),
    onSignalsReady: (/** @type {any} */ ready) => (signals = ready),
  });
  const { context, state } = signals;
  context.mediaElement.set(media);
  if (at) state.startPosition.set(at);
  state.loadActivated.set(true);
  state.presentation.set({ url: new URL(address, document.baseURI).href });
  const stops = [
    effect(() => mayEnd(context.mediaSource.get())),
    effect(() => {
      if (state.failedCdns.get()?.length || state.errors.get()?.length) queueMicrotask(failed);
    }),
  ];
  return {
    destroy() {
      for (const stop of stops) stop();
      engine.destroy();
    },
  };
}

/**
 * Where sound ends before the picture does, the engine puts the film's end there, before it ends the
 * stream; browsers refuse the first, and the second never came (10.0.0-rc.2: no `ended`).
 * @param {MediaSource | undefined} source
 */
function mayEnd(source) {
  if (!source) return;
  const own = Object.getOwnPropertyDescriptor(MediaSource.prototype, "duration");
  Object.defineProperty(source, "duration", {
    configurable: true,
    get: () => own?.get?.call(source),
    set(seconds) {
      try {
        own?.set?.call(source, seconds);
      } catch (error) {
        if (!source.sourceBuffers.length) throw error;
      }
    },
  });
}

/** What a playlist of playlists would say of it. @param {string} url @param {string} codec */
function soundAlone(url, codec) {
  const track = {
    ...{ type: "audio", id: "sound", url, bandwidth: 0, mimeType: "audio/mp4", codecs: [codec] },
    ...{ groupId: "sound", name: "sound", sampleRate: 48000, channels: 2 },
  };
  const switchingSets = [{ id: "sounds", type: "audio", tracks: [track] }];
  const selectionSets = [{ id: "all", type: "audio", switchingSets }];
  return { id: url, url, startTime: 0, selectionSets };
}
