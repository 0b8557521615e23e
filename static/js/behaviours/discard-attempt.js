// "I did not call": deletes the attempt. Asks again where a note was typed or spoken.
import { draftOf, forget, nextAddress } from "../offline/call-attempts.js";
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
    await forget(key);
    location.assign(nextAddress(form.action));
  });
}
