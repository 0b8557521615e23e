// Saves a draft of the form with every change, and restores it after a reload or a crash.
import { attemptOf, draftOf, recovered, saveAttempt, saveDraft } from "../offline/call-attempts.js";
import { fill } from "../offline/restore-form.js";

const FIXED = ["key", "client", "kind", "direction", "next", "next_name", "choose"];

/** @param {FormWith<"key">} form */
export default async function keepDraft(form) {
  const key = form.elements.key.value;
  const touched = new Set(typedFields(form)); // typed before this script had loaded
  const restore = () => {
    const draft = draftOf(key);
    if (draft) fill(form, draft, new Set([...FIXED, ...touched]));
    return draft;
  };
  const save = () => {
    if (!attemptOf(key)) saveAttempt(asAttempt(form));
    saveDraft(key, answers(form));
  };

  const restored = restore();
  if (touched.size) save();
  form.addEventListener("input", ({ target }) => {
    touched.add(/** @type {HTMLInputElement} */ (target).name);
    save();
  });
  // The database may take long to return what a crash took: what is typed meanwhile stays.
  await recovered();
  if (!restored) restore();
}

// Texts only: the page itself fills in the moment and the minutes.
const typedFields = (/** @type {HTMLFormElement} */ form) => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = form.querySelectorAll("textarea, input[type=text]");
  return [...fields].filter((field) => field.value !== field.defaultValue).map(({ name }) => name);
};

/** @type {(form: HTMLFormElement) => FormValues} */
function answers(form) {
  const fields = new FormData(form);
  const names = [...fields.keys()].filter((name) => !FIXED.includes(name));
  return Object.fromEntries(names.map((name) => [name, fields.getAll(name).map(String)]));
}

/**
 * What was not dialled from this app comes back as well, once a word of it is typed.
 * @type {(form: HTMLFormElement) => Attempt}
 */
function asAttempt(form) {
  const fields = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
  const { key, client, contact, kind, direction, at } = fields;
  const begun = new URLSearchParams(location.search).get("at") ?? at;
  return { key, client, contact, kind, direction, at: begun, name: form.dataset.name };
}
