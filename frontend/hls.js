/** Streams for browsers without HLS of their own: loaded by static/js/sources.js when they play. */
export { default as Hls } from "hls.js/light";
