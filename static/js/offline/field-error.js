/** @type {(words: string) => HTMLElement} a line that says what is wrong, to stand beside its field */
export function fieldError(words) {
  const line = document.createElement("p");
  line.className = "problem";
  line.role = "alert";
  line.textContent = words;
  return line;
}
