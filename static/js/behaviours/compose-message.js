// A letter that is drafted on the page: keeps the mail and text links in step with its words, shares or
// copies them where the phone can, and keeps the draft on this phone until the letter is said to be sent.
import {
  attemptOf,
  draftOf,
  forget,
  recovered,
  saveAttempt,
  saveDraft,
} from "../offline/call-attempts.js";

/** @typedef {FormWith<"key" | "kind" | "next"> & Marked<"draft" | "client" | "contact" | "name">} Letter */

/** @param {Letter} form */
export default async function composeMessage(form) {
  const text = form.querySelector("textarea");
  const follow = linksOf(form, text);
  shareOrCopy(form, text);
  text.addEventListener("input", () => {
    follow();
    saveLetter(form, text);
  });
  follow(); // what was typed before this was loaded
  handOff(form, text);

  const asked = new URLSearchParams(location.search).get("key");
  if (asked) form.elements.key.value = asked; // a copy of the page has a key of its own
  const restored = restore(form, text);
  if (!restored) await recovered();
  if (restored || restore(form, text)) follow();
  const later = /** @type {Marked<"putOff"> | null} */ (document.querySelector("[data-put-off]"));
  if (later) later.dataset.putOff = form.elements.key.value;
  offerToStartOver(form, text, follow);
  offerToForget(form);
}

/**
 * The links to the programs, with the words as they are.
 * @type {(form: Letter, text: HTMLTextAreaElement) => () => void}
 */
function linksOf(form, text) {
  const links = letterLinks(form);
  return () => {
    const words = encodeURIComponent(text.value.replaceAll("\n", "\r\n"));
    for (const link of links) link.href = link.dataset.letter + words;
  };
}

const letterLinks = (/** @type {Letter} */ form) =>
  /** @type {NodeListOf<Marked<"letter" | "kind", HTMLAnchorElement>>} */ (
    form.querySelectorAll("[data-letter]")
  );

/** @type {(form: Letter, text: HTMLTextAreaElement) => void} */
function shareOrCopy(form, text) {
  const share = form.querySelector("[data-share]");
  const copy = form.querySelector("[data-copy]");
  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ title: share.dataset.share, text: text.value });
    } catch {
      // Closed without choosing: the message is still here.
    }
  });
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    copy.textContent = copy.dataset.copy ?? "";
  });
}

/**
 * The letter goes to another program: should this page be gone afterwards, it is led back to.
 * @type {(form: Letter, text: HTMLTextAreaElement) => void}
 */
function handOff(form, text) {
  for (const link of letterLinks(form))
    link.addEventListener("click", () => {
      const { client, contact, name } = form.dataset;
      const { key, kind, next } = form.elements;
      kind.value = link.dataset.kind;
      saveLetter(form, text);
      const page = `${location.pathname}?${new URLSearchParams({ next: next.value })}`;
      const at = new Date().toISOString();
      saveAttempt({ key: key.value, client, contact, name, kind: kind.value, at, page });
      document.addEventListener("visibilitychange", () => askWhatWasSent(form), { once: true });
    });
}

/** @param {Letter} form */
function askWhatWasSent(form) {
  const title = document.querySelector("h1[data-asked]");
  if (title) title.textContent = title.dataset.asked ?? "";
  offerToForget(form);
}

/** @type {(form: Letter, text: HTMLTextAreaElement) => void} */
function saveLetter(form, text) {
  const { key, kind } = form.elements;
  saveDraft(form.dataset.draft, { key: [key.value], text: [text.value], kind: [kind.value] });
}

/** @type {(form: Letter, text: HTMLTextAreaElement) => boolean} whether there was a draft */
function restore(form, text) {
  const draft = draftOf(form.dataset.draft);
  const typed = text.value !== text.defaultValue; // before this script had loaded, or by a repair
  if (!draft || typed || form.dataset.mends) return false;
  [text.value] = draft.text;
  [form.elements.kind.value] = draft.kind;
  if (!new URLSearchParams(location.search).has("key")) [form.elements.key.value] = draft.key;
  return true;
}

/** @type {(form: Letter, text: HTMLTextAreaElement, follow: () => void) => void} */
function offerToStartOver(form, text, follow) {
  const line = form.querySelector("[data-unsent]");
  line.hidden = text.value === text.defaultValue || Boolean(form.dataset.mends);
  line.querySelector("button").addEventListener("click", async () => {
    await forget(form.dataset.draft);
    text.value = text.defaultValue;
    follow();
    line.hidden = true;
    text.focus();
  });
}

/** @param {Letter} form */
function offerToForget(form) {
  const button = form.querySelector("[data-not-sent]");
  const { key, next } = form.elements;
  button.hidden = !attemptOf(key.value);
  button.onclick = async () => {
    await forget(key.value);
    location.assign(next.value);
  };
}
