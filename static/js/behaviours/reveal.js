// Unfolds what a button controls. It is unfolded from the start where it has an answer or an error.

/** @param {HTMLButtonElement} button */
export default function reveal(button) {
  const target = document.getElementById(button.getAttribute("aria-controls") ?? "");
  const hasText = () => [...target.querySelectorAll("textarea")].some((area) => area.value);
  const hasContent = () =>
    hasText() || target.querySelector("[aria-pressed='true'], [aria-invalid='true']");

  const unfold = (/** @type {boolean} */ open) => {
    target.toggleAttribute("data-folded", !open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    unfold(target.hasAttribute("data-folded"));
    target.querySelector("textarea")?.focus();
  });
  const unfoldContent = () => hasContent() && unfold(true);
  button.form?.addEventListener("change", unfoldContent);
  unfoldContent();
}
