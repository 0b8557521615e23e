// Saves a form into the outbox first, and sends it then. Without a network it says so, and the form
// is sent later.
import { AppEvent, emit, listen } from "../events.js";
import { settleByLink, showAgain } from "../offline/answered-form.js";
import { attempts, forget, forgetHere, nextAddress, written } from "../offline/call-attempts.js";
import { isInMemory } from "../offline/notes.js";
import { add, textFields } from "../offline/outbox.js";
import { storedAt } from "../offline/pages.js";
import { beginRepair, endRepair, restore } from "../offline/repair.js";
import { isIncomplete } from "../offline/required-fields.js";
import { Result, send } from "../offline/sender.js";

const SOON = 5000; // milliseconds in which most answers come; after that the person goes on
/** The line that a status of the server shows. @type {Record<number, string>} */
const LINES = { 409: "taken", 413: "large" };

/** @param {FormWith<"key", "next">} form */
export default async function save(form) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = form.querySelectorAll("[type=submit]:not([form], [hidden])");
  // A short form has no lines of its own: it uses those of its page.
  const lines = (form.querySelector("[data-say]") ?? document.querySelector("[data-say]")).children;

  const say = (/** @type {string} */ line) => {
    for (const each of /** @type {Iterable<HTMLElement>} */ (lines))
      each.hidden = each.dataset.for !== line;
    for (const button of buttons) button.disabled = line === "sending" || line === "kept";
  };

  let replaces = await restore(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isIncomplete(form)) return;
    try {
      const choice = chosen(event.submitter); // a button that is disabled has nothing to say
      say("sending");
      const submission = await contents(form, choice);
      await written();
      const number = await add({ ...submission, replaces });
      if (form.dataset.draft) await forget(form.dataset.draft); // what it says lies in the outbox
      if (replaces) endRepair();
      replaces = number;
      emit(AppEvent.OUTBOX_QUEUED);
      const outcomes = await Promise.race([send(number), after(SOON)]);
      await settle(number, outcomes?.get(number) ?? { result: Result.RETRY });
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      say(full ? "full" : "closed");
    }
  });

  /** @type {(number: number, outcome: SendOutcome) => Promise<void>} */
  async function settle(number, { result, location: address, html, status = 0 }) {
    if (result === Result.SENT) leave(address ?? leadsTo(form));
    else if (result === Result.SIGNED_OUT) signInFirst(address);
    else if (result !== Result.PROBLEM) await goOn(number);
    else {
      beginRepair(number);
      emit(AppEvent.OUTBOX_QUEUED); // it waits to be repaired
      if (!showAgain(form, html ?? "", number)) say(LINES[status] ?? "refused");
      else settleByLink(number, form.elements.key.value);
    }
  }

  /** @param {string} address */
  function leave(address) {
    forgetHere(form.elements.key.value);
    location.assign(nextAddress(address));
  }

  /**
   * The outbox is sent once they have signed in: so the sign-in leads to where saving would.
   * @param {string | null} [address]
   */
  function signInFirst(address) {
    forgetHere(form.elements.key.value);
    const page = new URL(address || "/sign-in", location.href);
    page.searchParams.set("next", leadsTo(form));
    location.assign(page);
  }

  /**
   * Goes on to the next page where there is a copy of it; else waits here until the item has arrived.
   * @param {number} number
   */
  async function goOn(number) {
    const address = leadsTo(form);
    const stays = isInMemory(form.elements.key.value); // the spoken note would go with this page
    if (!stays && (attempts().length > 1 || (await storedAt(address)))) return leave(address);
    say("kept");
    listen(AppEvent.OUTBOX_CHANGED, (items) => {
      if (!items.some((item) => item.number === number)) leave(address);
    });
  }
}

/**
 * What the button that was tapped says, where it has a name.
 * @type {(submitter: HTMLElement | null) => [name: string, text: string][]}
 */
const chosen = (submitter) =>
  submitter instanceof HTMLButtonElement && submitter.name
    ? [[submitter.name, submitter.value]]
    : [];

/** @type {(form: HTMLFormElement, choice: [name: string, text: string][]) => Promise<Submission>} */
async function contents(form, choice) {
  /** @type {Promise<unknown>[]} */
  const running = [];
  emit(AppEvent.RECORDER_FINISH, running, form);
  await Promise.all(running);
  const { client, label } = form.dataset;
  const from = location.pathname + location.search;
  const { pathname, search } = new URL(form.action);
  const fields = [...textFields(form), ...choice];
  return { to: pathname + search, fields, client, label, from };
}

// Where saving leads, when the server cannot say.
const leadsTo = (/** @type {FormWith<"key", "next">} */ form) =>
  form.elements.next?.value || back();

function back() {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("a.back");
  return link?.pathname ?? "/today";
}

/** @type {(milliseconds: number) => Promise<undefined>} */
const after = (milliseconds) =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
