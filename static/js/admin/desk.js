/** Lessons of a course are dragged into their order; without it the arrows do the same. */

const list = document.querySelector("[data-order]");

/** @param {HTMLElement} lessons */
const items = (lessons) => /** @type {HTMLElement[]} */ ([...lessons.children]);

/** @param {HTMLElement} lessons */
async function keep(lessons) {
  const body = new FormData();
  body.append("order", items(lessons).map((item) => item.dataset.lesson).join(","));
  const headers = { "X-CSRFToken": lessons.dataset.csrf ?? "" };
  const kept = await fetch(lessons.dataset.order ?? "", { method: "POST", headers, body })
    .then((response) => response.ok, () => false);
  const said = document.querySelector("[data-said]");
  if (said) said.textContent = (kept ? lessons.dataset.kept : lessons.dataset.lost) ?? "";
  if (kept) number(lessons);
}

/** @param {HTMLElement} lessons */
function number(lessons) {
  const last = lessons.children.length - 1;
  items(lessons).forEach((item, n) => {
    const place = item.querySelector(".number");
    if (place) place.textContent = String(n + 1);
    const [up, down] = item.querySelectorAll("button");
    if (up) up.disabled = n === 0;
    if (down) down.disabled = n === last;
  });
}

/** @param {HTMLElement} lessons */
function makeDraggable(lessons) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  let before = "";
  for (const item of items(lessons)) item.draggable = true;
  lessons.addEventListener("dragstart", ({ target }) => {
    dragged = target instanceof HTMLElement ? target.closest("li") : null;
    before = items(lessons).map((item) => item.dataset.lesson).join();
    dragged?.classList.add("dragged");
  });
  lessons.addEventListener("dragover", (event) => {
    const over = event.target instanceof Element ? event.target.closest("li") : null;
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  lessons.addEventListener("drop", (event) => event.preventDefault());
  lessons.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    if (items(lessons).map((item) => item.dataset.lesson).join() !== before) keep(lessons);
  });
}

if (list instanceof HTMLElement && list.dataset.order) makeDraggable(list);
