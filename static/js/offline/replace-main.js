// Fetches this page anew and puts its <main> in the place of the one here, without a jump.
import { AppEvent, emit } from "../events.js";
import { keep } from "./pages.js";
import { currentUser } from "./store.js";

/**
 * Fetches this page anew, and keeps a copy.
 * @returns {Promise<Document | null>} null without an answer, or while this page is being left
 */
export const fetchLatest = () => fetchPage().catch(() => null);

async function fetchPage() {
  const answer = await fetch(location.href, { headers: { "X-Rounds-Ahead": "1" } });
  if (!answer.ok) return null;
  if (answer.headers.get("X-Rounds-User") !== currentUser()) {
    location.reload(); // signed out, or as another person
    return null;
  }
  await keep(location.href, answer.clone());
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * Replaces main, unless the person is typing in this one or listening to it.
 * @param {Document} page
 */
export function replaceMainIfIdle(page) {
  const main = document.getElementById("main");
  const inside = main.contains(document.activeElement) && document.activeElement !== main;
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    main.querySelectorAll("input, textarea")
  );
  const listening = [...main.querySelectorAll("audio")].some((sound) => !sound.paused);
  if (!inside && ![...fields].some(isTouched) && !listening) replaceMain(page);
}

/**
 * Replaces main; what was unfolded stays so, and the first row stays where it is on the screen.
 * @param {Document} page
 */
export function replaceMain(page) {
  const main = document.getElementById("main");
  const opened = [...openFolds(main)].map(summary);
  const before = firstRow();
  const top = before?.getBoundingClientRect().top ?? 0;
  main.replaceChildren(...combinedParts(main, page.getElementById("main")));
  const after = firstRow();
  if (after && after.dataset.row === before?.dataset.row)
    scrollBy({ top: after.getBoundingClientRect().top - top, behavior: "instant" });
  for (const fold of main.querySelectorAll("details"))
    if (opened.includes(summary(fold))) fold.open = true;
  startHtmx(page);
  delete document.body.dataset.stored;
  document.getElementById("stored").hidden = true;
  emit(AppEvent.OUTBOX_FLUSH); // the new list does not know yet whose call waits to be sent
}

/**
 * Lets htmx bind what is new; where this page came without htmx, and the new one has it, loads it.
 * @param {Document} page
 */
function startHtmx(page) {
  if (globalThis.htmx) return globalThis.htmx.process(document.getElementById("main"));
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = page.querySelectorAll("head > :is([src*=htmx], [src*=swaps])");
  for (const { src, type } of scripts)
    document.head.append(Object.assign(document.createElement("script"), { src, type }));
}

/** @type {(main: HTMLElement) => NodeListOf<HTMLDetailsElement>} */
const openFolds = (main) => main.querySelectorAll("details[open]");

const summary = (/** @type {HTMLDetailsElement} */ fold) =>
  fold.querySelector("summary").textContent;

const isTouched = (/** @type {HTMLInputElement} */ field) =>
  field.type !== "hidden" &&
  (field.checked !== field.defaultChecked || field.value !== field.defaultValue);

/** @type {() => HTMLElement | null} the conversation to have now */
const firstRow = () => document.querySelector("[data-row]:not([hidden])");

// What this phone says for itself is not the server's to replace.
const isOwn = (/** @type {Element} */ part) => part.matches("[data-phone], [data-when-idle]");
const nameOf = (/** @type {Element} */ part) => part.id || part.getAttribute("data-when-idle");

/**
 * The server's new parts, with those of this phone in their places.
 * @type {(main: HTMLElement, fresh: HTMLElement) => Element[]}
 */
function combinedParts(main, fresh) {
  const own = new Map([...main.children].filter(isOwn).map((part) => [nameOf(part), part]));
  const parts = [...fresh.children].map((part) => (isOwn(part) ? own.get(nameOf(part)) : part));
  const elsewhere = [...own.values()].filter((part) => !parts.includes(part));
  return [...elsewhere, ...parts.filter((part) => part !== undefined)];
}
