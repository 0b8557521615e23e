// Binds the behaviours that a page names with data-behaviour, and loads no others.
import dial from "./behaviours/dial.js";
import comeBack from "./behaviours/resume-call.js";

// Here from the start: a tap on "Call" and the way back from it must not wait for a download.
const here = { dial, return: comeBack };
const started = new WeakMap();

// A part that the network did not bring is said to be missing; what needs it goes on waiting.
const fetched = (path) =>
  import(path).catch(() => {
    for (const line of document.querySelectorAll("#unloaded")) line.hidden = false;
    return new Promise(() => {});
  });

async function start(element) {
  const names = element.dataset.behaviour.split(" ");
  const load = async (name) => here[name] ?? (await fetched(`./behaviours/${name}.js`)).default;
  for (const behave of await Promise.all(names.map(load))) await behave(element);
  element.dataset.bound = "";
}

function bind(element) {
  if (!started.has(element)) started.set(element, start(element));
}

function bindAll(root) {
  if (root.matches("[data-behaviour]")) bind(root);
  for (const element of root.querySelectorAll("[data-behaviour]")) bind(element);
}

// A form that is sent before its behaviour has arrived waits for it, or it would go without.
function holdBack(event) {
  const form = event.target;
  if (!started.has(form) || "bound" in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  started.get(form).then(() => form.requestSubmit(event.submitter));
}

// So does a tap on a button. A link to the telephone never waits.
function holdTap(event) {
  const button = event.target.closest("button");
  const owner = button?.closest("[data-behaviour]");
  if (!started.has(owner) || "bound" in owner.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  started.get(owner).then(() => button.click());
}

// What is not kept on the phone first goes only where there is somebody to take it.
const goes = new WeakSet();
async function askFirst(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post" || goes.delete(form)) return;
  event.preventDefault();
  const { default: reach } = await fetched("./behaviours/check-server.js");
  if (!(await reach(form, submitter))) return;
  goes.add(form);
  form.requestSubmit(submitter);
}

// A copy from this phone is made fit before anything on it is bound.
const copy = document.body.dataset.stored && document.getElementById("stored");
if (copy) (await fetched("./behaviours/offline-copy.js")).default(copy);
bindAll(document.body);
document.addEventListener("submit", holdBack, { capture: true });
document.addEventListener("click", holdTap, { capture: true });
if (document.body.dataset.user) document.addEventListener("submit", askFirst);
// Whatever is put into the page later, by htmx or by us.
new MutationObserver((changes) => {
  const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
  for (const node of nodes) if (node instanceof Element) bindAll(node);
}).observe(document.body, { childList: true, subtree: true });
document.documentElement.dataset.ready = "";

addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted || !document.body.dataset.user) return;
  document.body.hidden = true; // until it is known whose it is
  (await fetched("./behaviours/bfcache.js")).default();
});

// Nothing on the page waits for the worker, or for a look at what was not saved: both are fetched
// when the browser has nothing better to do.
async function whenIdle() {
  (await fetched("./behaviours/register-worker.js")).default();
  if (document.body.dataset.user) await (await fetched("./behaviours/offline-setup.js")).default();
  else await (await fetched("./offline/wipe.js")).lockAway().catch(() => {});
  for (const element of document.querySelectorAll("[data-when-idle]"))
    (await fetched(`./behaviours/${element.dataset.whenIdle}.js`)).default(element);
  document.documentElement.dataset.idle = "";
}
if ("requestIdleCallback" in window) requestIdleCallback(whenIdle, { timeout: 5000 });
else setTimeout(whenIdle, 1500);
