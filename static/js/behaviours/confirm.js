// A suggestion is confirmed or rejected: htmx sends the answer, and without a network it goes into the
// outbox. The card comes back whole, so what was typed at its other suggestions is put in again.
import { AppEvent, emit } from "../events.js";
import { add, all, drop, textFields } from "../offline/outbox.js";

/** What was typed, by form and field. @type {Map<string, string>} */
const typed = new Map();
const nameOf = (/** @type {HTMLInputElement} */ { form, name }) => `${form?.action} ${name}`;

/** @param {Marked<"client">} card */
export default function confirm(card) {
  for (const field of inputs(card)) {
    const text = typed.get(nameOf(field));
    if (text === undefined) continue;
    if (field.type === "radio") field.checked = field.value === text;
    else field.value = text;
  }
  card.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    typed.set(nameOf(field), field.value);
  });

  /** @type {[name: string, value: string]} */
  let tapped = ["answer", ""];
  card.addEventListener("click", ({ target }) => {
    /** @type {HTMLButtonElement | null} */
    const button = /** @type {Element} */ (target).closest("button[name]");
    if (!button?.form) return;
    tapped = [button.name, button.value];
    if (button.name === "kind") typed.delete(`${button.form.action} sentence`); // it is added once
    forgetRefused(button.form).catch(() => {});
  });
  card.addEventListener("htmx:error", async (event) => {
    const form = formOf(event);
    try {
      await queue(form, tapped, card.dataset.client);
    } catch {
      say(form, document.getElementById("no-network")); // a browser without a database
    }
  });
  card.addEventListener("htmx:response:error", (event) => {
    const { status } = /** @type {HtmxErrorEvent} */ (event).detail.ctx.response;
    if (status >= 500) say(formOf(event), card.querySelector("[data-failed]"));
    else if (status !== 422) location.reload(); // it was answered, or is another person's by now
  });
}

/** @type {(card: HTMLElement) => NodeListOf<HTMLInputElement>} */
const inputs = (card) => card.querySelectorAll("input:not([type=hidden]), textarea, select");

const formOf = (/** @type {Event} */ event) =>
  /** @type {HTMLFormElement} */ (/** @type {HtmxErrorEvent} */ (event).target.closest("form"));

/**
 * Shows the words of a template in the form.
 * @type {(form: HTMLFormElement, words: HTMLElement) => void}
 */
function say(form, words) {
  form.querySelector("[data-said]")?.remove();
  const message = document.createElement("div");
  message.dataset.said = "";
  message.append(/** @type {HTMLTemplateElement} */ (words).content.cloneNode(true));
  form.append(message);
}

/** @type {(form: HTMLFormElement, tapped: [string, string], client: string) => Promise<void>} */
async function queue(form, tapped, client) {
  const { pathname, search } = new URL(form.action);
  /** @type {[string, string][]} */
  const fields = [...textFields(form), tapped];
  const { label } = form.dataset;
  await add({ to: pathname + search, fields, client, label, from: "/today/confirm" });
  emit(AppEvent.OUTBOX_QUEUED);
}

/**
 * Drops an earlier answer to the same suggestion that the server refused: this one replaces it.
 * @param {HTMLFormElement} form
 */
async function forgetRefused(form) {
  const { pathname } = new URL(form.action);
  const isSame = (/** @type {OutboxItem} */ { value }) =>
    value.problem && value.to.split("?")[0] === pathname;
  for (const item of (await all()).filter(isSame)) await drop(item);
}
