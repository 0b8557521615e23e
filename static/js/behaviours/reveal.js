// Opens what a button controls; what holds an answer or a problem already is open from the start.
export default function reveal(button) {
  const target = document.getElementById(button.getAttribute("aria-controls"));
  const typed = () => [...target.querySelectorAll("textarea")].some((area) => area.value);
  const holds = () =>
    typed() || target.querySelector("[aria-pressed='true'], [aria-invalid='true']");

  const open = (yes) => {
    target.toggleAttribute("data-folded", !yes);
    button.setAttribute("aria-expanded", yes);
  };
  button.addEventListener("click", () => {
    open(target.hasAttribute("data-folded"));
    target.querySelector("textarea")?.focus();
  });
  const look = () => holds() && open(true);
  button.form.addEventListener("change", look);
  look();
}
