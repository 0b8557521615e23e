// What is wrong in a form, as a line beside what it is about.
export function problem(words) {
  const line = document.createElement("p");
  line.className = "problem";
  line.role = "alert";
  line.textContent = words;
  return line;
}
