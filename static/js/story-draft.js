/**
 * What is typed into a story stays on this phone until the school has it: a lost connection, an
 * empty battery or a closed page takes nothing. It belongs to one person: another one who signs in
 * on the same phone does not see it, and it is forgotten then.
 */

const PREFIX = "story-draft/";

/** @param {string} person */
function forgetOthers(person) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${person}/`)) localStorage.removeItem(key);
  }
}

/** @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
function fields(form) {
  return [...form.querySelectorAll("input[type=text], textarea")].map(
    (field) => /** @type {HTMLInputElement | HTMLTextAreaElement} */ (field),
  );
}

/** @param {HTMLFormElement} form @param {string} key */
function restore(form, key) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (!kept) return;
  let changed = false;
  for (const field of fields(form)) {
    const text = kept[field.name];
    if (typeof text !== "string" || text === "" || text === field.value) continue;
    field.value = text;
    changed = true;
  }
  const told = /** @type {HTMLElement | null} */ (form.querySelector("[data-restored]"));
  if (changed && told) told.hidden = false;
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const key = PREFIX + form.dataset.draft;
  forgetOthers((form.dataset.draft ?? "").split("/")[0] ?? "");
  // After a refused form the server has shown what was typed last.
  if (!("sent" in form.dataset)) restore(form, key);
  form.addEventListener("input", () => {
    const words = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    localStorage.setItem(key, JSON.stringify(words));
  });
}

/** @param {HTMLElement} saved */
function forget(saved) {
  const person = saved.dataset.draftSaved ?? "";
  localStorage.removeItem(`${PREFIX}${person}/new`);
  localStorage.removeItem(`${PREFIX}${person}/${saved.dataset.story}`);
}

try {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-draft]"));
  const saved = /** @type {HTMLElement | null} */ (document.querySelector("[data-draft-saved]"));
  if (form) keep(form);
  if (saved) forget(saved);
} catch {
  // A phone that keeps nothing: the form works as it is.
}
