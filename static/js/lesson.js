/** The lesson page: wakes what it has — player or article, quiz — and says when it is done. */

import "./actions.js";
import "./lessons.js";
import { startArticle } from "./article.js";
import { startGradedQuiz } from "./graded.js";
import { isArticle, onAnswer, startSending } from "./learning.js";
import { notice } from "./notices.js";
import { startPlayer } from "./player.js";
import { loadState, refreshState, watchState } from "./state.js";

const [section, article, end, box, quiz, next, finished] = [
  "[data-player]", "[data-article]", "[data-end]", "[data-progress]", "[data-quiz]",
  "[data-next-lesson]", "#finished",
].map((selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector)));

let told = false;

/** The next step becomes the one primary action. */
function showDone() {
  next?.classList.add("primary");
}

/** @param {import("./sender.js").Answer} answer */
async function celebrate({ completed, course_completed: whole }) {
  if (!completed || told) return;
  told = true;
  showDone();
  const words = finished?.dataset ?? {};
  const text = (whole ? words.course : words.lesson) ?? "";
  notice("done", text, { stays: true });
  const state = await refreshState().catch(() => null);
  const url = whole && state?.course?.certificate;
  if (url) notice("done", text, { stays: true, link: { url, text: words.certificate ?? "" } });
}

watchState((state) => {
  if (!state.lesson?.completed) return;
  told = true;
  showDone();
});
onAnswer(celebrate);
if (isArticle && article && end && box) startArticle(article, end, box);
if (section && box) startPlayer(section, box);
if (quiz) startGradedQuiz(quiz);
startSending();
loadState().catch(() => {});
