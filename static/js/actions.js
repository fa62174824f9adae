/** Save for later, share, and the way to the editor for those who may edit. */

import { postJSON, Refused } from "./api.js";
import { notice } from "./notices.js";
import { loadState, pageId, refreshState, watchState } from "./state.js";
import { say } from "./words.js";

const box = document.querySelector("[data-actions]");
const saveButton = box?.querySelector("[data-save]");
const shareButton = box?.querySelector("[data-share]");
const editLink = box?.querySelector("[data-edit]");

/** @param {boolean} saved */
function showSaved(saved) {
  saveButton?.setAttribute("aria-pressed", String(saved));
  const label = saveButton?.querySelector("span");
  if (label) label.textContent = (saved ? label.dataset.on : label.dataset.off) ?? "";
}

async function toggleSaved() {
  try {
    const state = await loadState();
    if (!state.signed_in) return void location.assign(state.sign_in ?? "/account/sign-in/");
    const saved = saveButton?.getAttribute("aria-pressed") !== "true";
    const answer = await postJSON("/learn/save/", { page: pageId, saved }, { csrf: state.csrf });
    showSaved(answer.saved);
  } catch (error) {
    // A session that ended meanwhile: the fresh state knows the way to sign in.
    if (error instanceof Refused) refreshState().catch(() => {});
    notice("save", say("again"), { look: "bad" });
  }
}

async function share() {
  if (!(shareButton instanceof HTMLElement)) return;
  try {
    (await import("./share.js")).openShare(shareButton);
  } catch {
    // No network for the dialog: the address alone is worth having.
    notice("share", location.href);
  }
}

saveButton?.addEventListener("click", toggleSaved);
shareButton?.addEventListener("click", share);
box?.classList.remove("later");
watchState((state) => {
  showSaved(Boolean(state.saved));
  if (editLink instanceof HTMLAnchorElement && state.edit) {
    editLink.href = state.edit;
    editLink.hidden = false;
  }
});
loadState().catch(() => {});
