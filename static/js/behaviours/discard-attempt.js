// "I did not call": the attempt goes, and nothing is stored. Asks again where something was said.
import { draftOf, forget, onward } from "../offline/call-attempts.js";
import { read } from "../offline/notes.js";

export default function drop(form) {
  const { key, sure } = form.dataset;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button.textContent !== sure && (draftOf(key)?.note?.[0] || (await read(key)))) {
      button.textContent = sure;
      button.classList.add("wrong");
      return;
    }
    await forget(key);
    location.assign(onward(form.action));
  });
}
