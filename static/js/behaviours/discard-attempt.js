// "I did not call": deletes the attempt, here and on the server. Asks again where a note was typed or spoken.
import { attemptOf, draftOf, forget, nextAddress } from "../offline/call-attempts.js";
import { read } from "../offline/notes.js";

/** @param {Marked<"key" | "sure", HTMLFormElement>} form */
export default function discardAttempt(form) {
  const { key, sure } = form.dataset;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLElement} */ (event.submitter);
    if (button.textContent !== sure && (draftOf(key)?.note?.[0] || (await read(key)))) {
      button.textContent = sure;
      button.classList.add("wrong");
      return;
    }
    const isCall = attemptOf(key)?.kind === "call";
    await forget(key);
    if (isCall) tellServer(key);
    location.assign(nextAddress(form.action));
  });
}

/**
 * Ends the reminder that dial.js asked for. Nothing waits for it.
 * @param {string} key
 */
function tellServer(key) {
  const headers = { "X-Rounds-User": document.body.dataset.user ?? "" };
  const address = `/attempts/${encodeURIComponent(key)}/removal`;
  fetch(address, { method: "POST", headers, keepalive: true }).catch(() => {});
}
