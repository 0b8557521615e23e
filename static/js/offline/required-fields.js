// What a form must have, asked for on the phone already: without a network the server's word comes late.

import { problem } from "./field-error.js";

// Says beside each question that is still open what to do, and goes to the first. Resolves to whether
// any is.
export function asksForMore(form) {
  const groups = [...form.querySelectorAll("[data-missing]")];
  const open = groups.filter((group) => group.checkVisibility() && !answered(group));
  for (const group of groups) say(group, open.includes(group));
  open[0]?.querySelector("input:not([type=hidden]), button")?.focus();
  return open.length > 0;
}

const answered = (group) =>
  [...group.querySelectorAll("input")].some(({ type, checked, value }) =>
    type === "radio" ? checked : value,
  );

function say(group, wrong) {
  group.querySelector(":scope > .problem")?.remove();
  if (wrong) group.append(problem(group.dataset.missing));
}
