// A note that no question leads to: listen to it, or throw it away after being asked.
import { discard, read } from "../offline/notes.js";

export default async function listen(card) {
  const { key, otherwise } = card.dataset;
  const button = card.querySelector("button");
  button.addEventListener("click", async () => {
    if (button.dataset.sure) {
      button.textContent = button.dataset.sure;
      button.classList.add("wrong");
      delete button.dataset.sure;
      return;
    }
    await discard(key);
    location.assign(otherwise);
  });
  const note = await read(key);
  for (const part of document.querySelectorAll("[data-note]"))
    part.hidden = (part.dataset.note === "here") !== Boolean(note);
  if (note) card.querySelector("audio").src = URL.createObjectURL(note.blob);
}
