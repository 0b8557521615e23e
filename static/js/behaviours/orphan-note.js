// A spoken note that no question leads to any more: plays it, or discards it after asking.
import { discard, read } from "../offline/notes.js";

/** @param {Marked<"key" | "otherwise">} card */
export default async function orphanNote(card) {
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
