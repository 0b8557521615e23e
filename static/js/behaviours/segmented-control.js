// Buttons of which one is the answer: a tap marks it and puts it into the hidden field.
export default function choose(group) {
  const field = group.querySelector("input");
  const buttons = group.querySelectorAll("button[value]");

  const paint = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.value === field.value);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      field.value = button.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  field.addEventListener("input", paint);
  field.addEventListener("change", paint);
  field.dispatchEvent(new Event("change", { bubbles: true })); // a draft may have come back before
}
