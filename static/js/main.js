// Binds the behaviours that a page names with data-behaviour, and loads no others.
import dial from "./behaviours/dial.js";
import resumeCall from "./behaviours/resume-call.js";

/** @typedef {(element: any) => unknown} Behaviour each takes the element that its template has */

// Loaded from the start: a tap on "Call" and the way back from it must not wait for a download.
/** @type {Record<string, Behaviour>} */
const loaded = { dial, "resume-call": resumeCall };
/** Elements that are bound, or on the way to it. @type {WeakMap<Element, Promise<void>>} */
const binding = new WeakMap();

/**
 * Where a file does not arrive, a line on the page says so; what needs the file goes on waiting.
 * @param {string} path
 */
const load = (path) =>
  import(path).catch(() => {
    for (const line of document.querySelectorAll("#unloaded")) line.hidden = false;
    return new Promise(() => {});
  });

/** @type {(name: string) => Promise<Behaviour>} */
const behaviour = async (name) => loaded[name] ?? (await load(`./behaviours/${name}.js`)).default;

/** @param {HTMLElement} element */
async function start(element) {
  const names = element.dataset.behaviour?.split(" ") ?? [];
  for (const behave of await Promise.all(names.map(behaviour))) await behave(element);
  element.dataset.bound = "";
}

/** @param {HTMLElement} element */
function bind(element) {
  if (!binding.has(element)) binding.set(element, start(element));
}

/** @param {HTMLElement} root */
function bindAll(root) {
  if (root.matches("[data-behaviour]")) bind(root);
  for (const element of root.querySelectorAll("[data-behaviour]")) bind(element);
}

/**
 * Stops an event whose element is not bound yet, and does `again` once it is.
 * @type {(event: Event, element: HTMLElement | null | undefined, again: () => void) => void}
 */
function holdBack(event, element, again) {
  if (!element || "bound" in element.dataset) return;
  const bound = binding.get(element);
  if (!bound) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  bound.then(again);
}

// A form that is sent before its behaviour has loaded would go without it.
function holdSubmit(/** @type {SubmitEvent} */ event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  holdBack(event, form, () => form.requestSubmit(event.submitter));
}

// So would a tap on a button. A link to the telephone never waits.
function holdClick(/** @type {MouseEvent} */ event) {
  const button = /** @type {Element} */ (event.target).closest("button");
  holdBack(event, button?.closest("[data-behaviour]"), () => button?.click());
}

// A form without an outbox goes only where the server can be reached.
/** @type {WeakSet<HTMLFormElement>} */
const checked = new WeakSet();
async function checkServer(/** @type {SubmitEvent} */ event) {
  const { submitter } = event;
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== "post" || checked.delete(form)) return;
  event.preventDefault();
  const { default: isReachable } = await load("./behaviours/check-server.js");
  if (!(await isReachable(form, submitter))) return;
  checked.add(form);
  form.requestSubmit(submitter);
}

// An offline copy is made ready before anything on it is bound.
const copy = document.body.dataset.stored && document.getElementById("stored");
if (copy) (await load("./behaviours/offline-copy.js")).default(copy);
bindAll(document.body);
document.addEventListener("submit", holdSubmit, { capture: true });
document.addEventListener("click", holdClick, { capture: true });
if (document.body.dataset.user) document.addEventListener("submit", checkServer);
// What htmx or a script puts into the page later.
new MutationObserver((changes) => {
  const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
  for (const node of nodes) if (node instanceof HTMLElement) bindAll(node);
}).observe(document.body, { childList: true, subtree: true });
document.documentElement.dataset.ready = "";

addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted || !document.body.dataset.user) return;
  document.body.hidden = true; // until it is known that the same person is signed in
  (await load("./behaviours/bfcache.js")).default();
});

// As notices/subscription.js remembers it: a browser without notifications loads nothing for them.
function wantsNotifications() {
  const { user, stored } = document.body.dataset;
  return user && !stored && "Notification" in window && `rounds:${user}:push` in localStorage;
}

// Nothing on the page waits for these: they are loaded when the browser is idle.
async function whenIdle() {
  (await load("./behaviours/register-worker.js")).default();
  if (document.body.dataset.user) await (await load("./behaviours/offline-setup.js")).default();
  else await (await load("./offline/wipe.js")).wipe().catch(() => {});
  if (wantsNotifications()) await (await load("./behaviours/subscription.js")).default();
  for (const element of document.querySelectorAll("[data-when-idle]"))
    (await load(`./behaviours/${element.dataset.whenIdle}.js`)).default(element);
  document.documentElement.dataset.idle = "";
}
if ("requestIdleCallback" in window) requestIdleCallback(whenIdle, { timeout: 5000 });
else setTimeout(whenIdle, 1500);
