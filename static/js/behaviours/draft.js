// Keeps what is chosen and typed, with every touch, and brings it back after a reload or a kill.
import { attemptOf, draftOf, noteAttempt, noteDraft, recovered } from "../offline/attempts.js";

const FIXED = new Set(["key", "client", "kind", "direction", "next", "next_name", "choose"]);

export default async function keepDraft(form) {
  const key = form.elements.key.value;
  await recovered();
  restore(form, draftOf(key));
  form.addEventListener("input", () => {
    if (!attemptOf(key)) noteAttempt(asAttempt(form));
    noteDraft(key, answers(form));
  });
}

function answers(form) {
  const fields = new FormData(form);
  const names = [...fields.keys()].filter((name) => !FIXED.has(name));
  return Object.fromEntries(names.map((name) => [name, fields.getAll(name)]));
}

function restore(form, draft) {
  if (!draft) return;
  for (const field of form.elements) {
    if (!field.name || FIXED.has(field.name) || field.type === "submit" || field.type === "button")
      continue;
    const values = draft[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox")
      field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    if (field.value && field.value !== field.defaultValue) unfold(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function unfold(field) {
  if (field.type === "radio" || field.type === "checkbox") return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details"))
    fold.open = true;
}

// What was not dialled from here comes back as well, once something is said about it.
function asAttempt(form) {
  const { key, client, contact, kind, direction, at } = Object.fromEntries(new FormData(form));
  const begun = new URLSearchParams(location.search).get("at") ?? at;
  return { key, client, contact, kind, direction, at: begun, name: form.dataset.name };
}
