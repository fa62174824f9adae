/** Tells which place among the results was pressed, and for which words: nothing about who. */

const results = document.querySelector("[data-results]");

results?.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const item = link?.closest("[data-place]");
  if (!(results instanceof HTMLElement && item instanceof HTMLElement)) return;
  const told = new URLSearchParams({ q: results.dataset.results ?? "", place: item.dataset.place ?? "" });
  navigator.sendBeacon("/api/search/clicked/", told);
});
