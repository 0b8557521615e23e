// Keeps what is chosen and typed, with every touch, and brings it back after a reload or a kill.
import { attemptOf, draftOf, noteAttempt, noteDraft, recovered } from "../offline/attempts.js";
import { fill } from "../offline/filling.js";

const FIXED = new Set(["key", "client", "kind", "direction", "next", "next_name", "choose"]);

export default async function keepDraft(form) {
  const key = form.elements.key.value;
  await recovered();
  const draft = draftOf(key);
  if (draft) fill(form, draft, FIXED);
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

// What was not dialled from here comes back as well, once something is said about it.
function asAttempt(form) {
  const { key, client, contact, kind, direction, at } = Object.fromEntries(new FormData(form));
  const begun = new URLSearchParams(location.search).get("at") ?? at;
  return { key, client, contact, kind, direction, at: begun, name: form.dataset.name };
}
