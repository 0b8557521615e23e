// Keeps what is chosen and typed, with every touch, and brings it back after a reload or a kill.
import { attemptOf, draftOf, noteAttempt, noteDraft, recovered } from "../offline/call-attempts.js";
import { fill } from "../offline/restore-form.js";

const FIXED = ["key", "client", "kind", "direction", "next", "next_name", "choose"];

export default async function keepDraft(form) {
  const key = form.elements.key.value;
  const touched = new Set(typed(form)); // before this was here to listen
  const bringBack = () => {
    const draft = draftOf(key);
    if (draft) fill(form, draft, new Set([...FIXED, ...touched]));
    return draft;
  };
  const keep = () => {
    if (!attemptOf(key)) noteAttempt(asAttempt(form));
    noteDraft(key, answers(form));
  };

  const found = bringBack();
  if (touched.size) keep();
  form.addEventListener("input", ({ target }) => {
    touched.add(target.name);
    keep();
  });
  // The database may be slow to say what a crash took: whoever types meanwhile goes first.
  await recovered();
  if (!found) bringBack();
}

// Words only: the moment and the minutes are filled in by the page itself.
const typed = (form) =>
  [...form.querySelectorAll("textarea, input[type=text]")]
    .filter((field) => field.value !== field.defaultValue)
    .map((field) => field.name);

function answers(form) {
  const fields = new FormData(form);
  const names = [...fields.keys()].filter((name) => !FIXED.includes(name));
  return Object.fromEntries(names.map((name) => [name, fields.getAll(name)]));
}

// What was not dialled from here comes back as well, once something is said about it.
function asAttempt(form) {
  const { key, client, contact, kind, direction, at } = Object.fromEntries(new FormData(form));
  const begun = new URLSearchParams(location.search).get("at") ?? at;
  return { key, client, contact, kind, direction, at: begun, name: form.dataset.name };
}
