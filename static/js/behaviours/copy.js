// Copies the text of the field that it names to the clipboard, and says so.

/** @param {Marked<"copies" | "copied", HTMLButtonElement>} button */
export default function copy(button) {
  /** @type {HTMLInputElement} */
  const field = document.getElementById(button.dataset.copies);
  button.hidden = !navigator.clipboard;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  });
}
