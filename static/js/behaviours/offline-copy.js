// This page is an offline copy: says how old it is, and makes its forms ready for one more use.
import { AppEvent, listen } from "../events.js";
import { formatTime } from "../offline/format-time.js";

/** @param {HTMLElement} notice */
export default function prepareCopy(notice) {
  const at = new Date(Number(document.body.dataset.stored));
  const today = at.toDateString() === new Date().toDateString();
  /** @type {Marked<"words" | "back">} */
  const line = notice.querySelector("[data-words]");
  const show = (/** @type {string} */ words) => {
    line.textContent = words.replace("{time}", formatTime(at, !today));
  };
  show(line.dataset.words);
  listen(AppEvent.OUTBOX_DELIVERED, () => show(line.dataset.back));
  notice.hidden = false;
  document.getElementById("flash").replaceChildren(); // the message of that visit, not of this one

  // A key stands for one write (idempotency): each use of a form needs its own.
  /** @type {NodeListOf<HTMLInputElement>} */
  const keys = document.querySelectorAll("input[name=key]");
  for (const field of keys) field.value = crypto.randomUUID();
  /** @type {QuestionForm | null} */
  const form = document.querySelector("form.after");
  if (form) prepareQuestion(form);
}

/** @typedef {FormWith<"key", "at" | "clock" | "at_phone">} QuestionForm */

/**
 * Fills the form that asks how it went, for the attempt that the address names.
 * @param {QuestionForm} form
 */
function prepareQuestion(form) {
  const address = new URL(location.href);
  const { searchParams } = address;
  if (!searchParams.has("key")) {
    searchParams.set("key", crypto.randomUUID());
    searchParams.set("at", new Date().toISOString());
    history.replaceState(null, "", address); // a reload asks about the same attempt again
  }
  for (const name of ["key", "contact", "kind", "direction", "next", "next_name"]) {
    /** @type {HTMLInputElement | null} */
    const field = form.querySelector(`input[type=hidden][name=${name}]`);
    const value = searchParams.get(name);
    if (field && value !== null) field.value = value;
  }
  const { at, clock, at_phone: byPhone } = form.elements;
  const moment = new Date(searchParams.get("at") ?? Date.now());
  if (at) at.value = at.type === "hidden" ? moment.toISOString() : localTime(moment);
  if (clock) clock.value = searchParams.get("clock") ?? "";
  if (byPhone) byPhone.value = moment.toISOString();
  for (const part of document.querySelectorAll("[data-key]"))
    part.dataset.key = form.elements.key.value;
}

// As a field without a zone has it, on the person's clock.
function localTime(/** @type {Date} */ moment) {
  const { zone: timeZone } = document.body.dataset;
  return moment.toLocaleString("sv-SE", { timeZone }).replace(" ", "T").slice(0, 16);
}
