// Puts values back into the fields of a form, from a draft or from the outbox.

/**
 * Fills every field but those named in `except`, opens what hides a filled one, and sends `change`.
 * @param {HTMLFormElement} form
 * @param {FormValues} values
 * @param {Set<string>} [except]
 */
export function fill(form, values, except = new Set()) {
  const fields = /** @type {Iterable<HTMLInputElement>} */ (form.elements);
  for (const field of fields) {
    if (!field.name || except.has(field.name) || ["submit", "button"].includes(field.type))
      continue;
    const texts = values[field.name] ?? [];
    if (isTick(field)) field.checked = texts.includes(field.value);
    else if (texts.length) field.value = texts[0];
    if (field.value && field.value !== field.defaultValue) unfold(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const isTick = (/** @type {HTMLInputElement} */ { type }) => ["radio", "checkbox"].includes(type);

/** @param {HTMLInputElement} field */
function unfold(field) {
  if (isTick(field)) return;
  for (let fold = field.closest("details"); fold; fold = parentFold(fold)) fold.open = true;
}

const parentFold = (/** @type {Element} */ fold) => fold.parentElement?.closest("details") ?? null;
