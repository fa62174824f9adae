/** Buttons that copy a text of the page: [data-copy] names the field, [data-copied] says it worked. */

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure connection: the old way, from the selection.
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied ?? "";
  });
}
