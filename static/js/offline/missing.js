// What a form must have, asked for on the phone already: without a network the server's word comes late.

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
  let words = group.querySelector(":scope > .problem");
  if (!words && wrong) {
    words = document.createElement("p");
    words.className = "problem";
    words.role = "alert";
    group.append(words);
  }
  if (words) words.textContent = wrong ? group.dataset.missing : "";
}
