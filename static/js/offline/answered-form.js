// A form that the server did not take: what its answer puts in the place of it.
import { forgetHere } from "./call-attempts.js";
import { drop } from "./outbox.js";
import { endRepair } from "./repair.js";

/**
 * Puts the form that the server sent back, with its errors, in the place of this one.
 * @type {(form: HTMLFormElement, html: string, number: number) => boolean}
 */
export function showAgain(form, html, number) {
  const page = new DOMParser().parseFromString(html, "text/html");
  /** @type {HTMLFormElement | null} */
  const fresh = page.querySelector("[data-behaviour~=save]");
  if (!fresh) return callFirst(form, page);
  fresh.dataset.mends = String(number);
  /** @type {HTMLElement | null} */
  const conflict = page.querySelector("main > .problems"); // stands before the form
  form.replaceWith(...(conflict ? [conflict, fresh] : [fresh]));
  (conflict ?? fresh.querySelector(".problems"))?.focus();
  return true;
}

/**
 * What stands already needs nothing more of this form: the way on takes it out of the outbox.
 * @type {(number: number, key: string) => void}
 */
export function settleByLink(number, key) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("a[data-settles]")
  ))
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await drop({ number, value: { key } });
      endRepair();
      forgetHere(key);
      location.assign(link.href);
    });
}

/**
 * A letter that the writing guard refused waits in the outbox until the call it asks for was made.
 * @type {(form: HTMLFormElement, page: Document) => boolean}
 */
function callFirst(form, page) {
  const guard = page.getElementById("call-first");
  if (guard) form.replaceWith(guard);
  return Boolean(guard);
}
