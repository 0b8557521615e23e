// Puts values, { name: [text, ...] }, back into the fields of a form.

export function fill(form, values, leave = new Set()) {
  for (const field of form.elements) {
    if (!field.name || leave.has(field.name) || ["submit", "button"].includes(field.type)) continue;
    const found = values[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox")
      field.checked = found.includes(field.value);
    else if (found.length) field.value = found[0];
    if (field.value && field.value !== field.defaultValue) unfold(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function unfold(field) {
  if (field.type === "radio" || field.type === "checkbox") return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details"))
    fold.open = true;
}
