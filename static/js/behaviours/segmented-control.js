// A row of buttons of which one is chosen: a tap marks it and puts it into the hidden field.

/** @param {HTMLElement} group */
export default function choose(group) {
  const field = group.querySelector("input");
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = group.querySelectorAll("button[value]");

  const showChoice = () => {
    for (const button of buttons)
      button.setAttribute("aria-pressed", String(button.value === field.value));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      field.value = button.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  field.addEventListener("input", showChoice);
  field.addEventListener("change", showChoice);
  field.dispatchEvent(new Event("change", { bubbles: true })); // a draft may be restored already
}
