// Binds the behaviours that a page names with data-behaviour, and loads no others.
import dial from "./behaviours/dial.js";

// Here from the start: a tap on "Call" must not wait for a download.
const here = { dial };
const bound = new WeakSet();

async function start(element, name) {
  const behave = here[name] ?? (await import(`./behaviours/${name}.js`)).default;
  behave(element);
}

function bind(element) {
  if (bound.has(element)) return;
  bound.add(element);
  for (const name of element.dataset.behaviour.split(" ")) start(element, name);
}

function bindAll(root) {
  if (root.matches("[data-behaviour]")) bind(root);
  for (const element of root.querySelectorAll("[data-behaviour]")) bind(element);
}

bindAll(document.body);
// Whatever is put into the page later, by htmx or by us.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node instanceof Element) bindAll(node);
}).observe(document.body, { childList: true, subtree: true });
document.documentElement.dataset.ready = "";
