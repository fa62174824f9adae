/** Uploads that go on after a lost connection: loaded by static/js/admin/upload.js. */
export { Upload } from "tus-js-client";
