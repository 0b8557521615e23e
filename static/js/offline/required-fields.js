// Checks on the phone that a form is complete: without a network the server's answer comes late.
import { fieldError } from "./field-error.js";

/**
 * Shows an error at each required question that has no answer, and focuses the first.
 * @param {HTMLFormElement} form
 * @returns {boolean} whether any is without an answer
 */
export function isIncomplete(form) {
  const questions = /** @type {NodeListOf<Marked<"missing">>} */ (
    form.querySelectorAll("[data-missing]")
  );
  const open = [...questions].filter(
    (question) => question.checkVisibility() && !answered(question),
  );
  for (const question of questions) showError(question, open.includes(question));
  open[0]?.querySelector("input:not([type=hidden]), button")?.focus();
  return open.length > 0;
}

const answered = (/** @type {Element} */ question) =>
  [...question.querySelectorAll("input")].some(({ type, checked, value }) =>
    type === "radio" ? checked : value,
  );

/** @type {(question: Marked<"missing">, wrong: boolean) => void} */
function showError(question, wrong) {
  question.querySelector(":scope > .problem")?.remove();
  if (wrong) question.append(fieldError(question.dataset.missing));
}
