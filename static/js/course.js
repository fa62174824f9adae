/** The course page: how far one is, where to go on, and enrolling. */

import "./actions.js";
import { showAssigned } from "./assigned.js";
import "./lessons.js";
import { notice } from "./notices.js";
import { enrol, loadState, watchState } from "./state.js";
import { fill, say } from "./words.js";

/** @typedef {import("./state.js").CourseState} CourseState */

const box = document.querySelector("[data-course]");

/** @param {HTMLElement} place @param {CourseState} course */
function showProgress(place, course) {
  const bar = place.querySelector("[data-bar]");
  const text = place.querySelector("[data-say]");
  const words = place.dataset;
  if (bar instanceof HTMLProgressElement) {
    bar.max = course.total || 1;
    bar.value = course.done;
    bar.classList.toggle("later", !course.enrolled);
  }
  if (text) text.textContent = course.enrolled ? progressWords(words, course) : words.free ?? "";
}

/** @param {DOMStringMap} words @param {CourseState} course */
function progressWords(words, { completed, done, total }) {
  return completed ? words.finished ?? "" : fill(words.soFar, { done, total });
}

/** @param {HTMLElement} place @param {CourseState} course */
function showNext(place, { enrolled, done, completed, next }) {
  const link = place.querySelector("[data-next]");
  if (!(link instanceof HTMLAnchorElement)) return;
  if (next) link.href = next.url;
  if (completed && !next) link.textContent = place.dataset.look ?? "";
  else if (enrolled && done && next) link.textContent = fill(place.dataset.go, { title: next.title });
}

/** Who has finished finds the certificate where others enrol. @param {HTMLElement} place @param {string} url */
function showCertificate(place, url) {
  const present = place.querySelector("[data-enrol]");
  if (!(present instanceof HTMLElement)) return;
  const link = document.createElement("a");
  link.className = present.className;
  link.href = url;
  link.textContent = present.dataset.certificate ?? "";
  present.replaceWith(link);
}

/** A guest's button is a link to sign in; for those signed in a real button takes its place. */
function enrolButton(/** @type {HTMLElement} */ place) {
  const present = place.querySelector("[data-enrol]");
  if (!(present instanceof HTMLAnchorElement)) return present;
  const button = document.createElement("button");
  button.type = "button";
  button.className = present.className;
  button.textContent = present.textContent;
  Object.assign(button.dataset, present.dataset);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await enrol(Number(place.dataset.course));
    } catch {
      button.disabled = false;
      notice("enrol", say("again"), { look: "bad" });
    }
  });
  present.replaceWith(button);
  return button;
}

/** A tap before it is known who taps waits for that: nobody who is signed in is sent to sign in. */
function enrolWhenKnown(/** @type {HTMLElement} */ place) {
  const link = place.querySelector("a[data-enrol]");
  if (!(link instanceof HTMLAnchorElement)) return;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const state = await loadState().catch(() => null);
    if (!state?.signed_in) return location.assign(link.href);
    const button = place.querySelector("button[data-enrol]");
    if (button instanceof HTMLButtonElement) button.click();
  });
}

watchState((state) => {
  if (!(box instanceof HTMLElement) || !state.signed_in || !state.course) return;
  showProgress(box, state.course);
  showAssigned(box, state.course.assigned);
  showNext(box, state.course);
  if (state.course.certificate) return showCertificate(box, state.course.certificate);
  const button = enrolButton(box);
  if (button instanceof HTMLButtonElement && state.course.enrolled) {
    button.disabled = true;
    button.textContent = button.dataset.enrolled ?? "";
  }
});
if (box instanceof HTMLElement) enrolWhenKnown(box);
loadState().catch(() => {});
