/** An expert tries the quiz of a draft: the same fields and the same grading, nothing kept. */

import { startQuiz } from "../quiz.js";

const place = document.querySelector("[data-trial]");
const box = place?.querySelector("[data-quiz]");

/** @param {DOMStringMap} facts @param {Record<string, string[]>} [answers] */
async function ask(facts, answers) {
  const body = new FormData();
  body.append("definition", facts.definition ?? "");
  if (answers) body.append("answers", JSON.stringify(answers));
  const headers = { "X-CSRFToken": facts.csrf ?? "" };
  const response = await fetch(facts.address ?? "", { method: "POST", headers, body });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

if (place instanceof HTMLElement && box instanceof HTMLElement) {
  const facts = place.dataset;
  startQuiz(box, {
    begin: () => ask(facts),
    grade: (answers) => ask(facts, answers),
    failed: () => facts.again ?? "",
  });
}
