// The page as the server has it now, put in the place of this one without a jump.
import { keep } from "./pages.js";
import { user } from "./store.js";

// The same page asked for anew, and kept; null without an answer, or while this one is being left.
export const latest = () => ask().catch(() => null);

async function ask() {
  const answer = await fetch(location.href, { headers: { "X-Rounds-Ahead": "1" } });
  if (!answer.ok) return null;
  if (answer.headers.get("X-Rounds-User") !== user()) {
    location.reload(); // signed out, or anew
    return null;
  }
  await keep(location.href, answer.clone());
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Unless somebody is at work on this one, or listens.
export function showQuietly(page) {
  const main = document.getElementById("main");
  const inside = main.contains(document.activeElement) && document.activeElement !== main;
  const used = [...main.querySelectorAll("input, textarea")].some(touched);
  const heard = [...main.querySelectorAll("audio")].some((sound) => !sound.paused);
  if (!inside && !used && !heard) show(page);
}

export function show(page) {
  const [mine, theirs] = [document, page].map((one) => one.getElementById("main"));
  const opened = [...mine.querySelectorAll("details[open]")].map(summary);
  for (const part of parts(mine)) part.remove();
  mine.append(...parts(theirs));
  for (const one of mine.querySelectorAll("details"))
    if (opened.includes(summary(one))) one.open = true;
  swapsFragments(page);
  delete document.body.dataset.stored;
  document.getElementById("stored").hidden = true;
  document.dispatchEvent(new Event("try-now")); // who waits to be sent is not called again
}

// htmx binds what it finds when it comes, and what is shown to it later.
function swapsFragments(page) {
  if (globalThis.htmx) return globalThis.htmx.process(document.getElementById("main"));
  for (const { src, type } of page.querySelectorAll("head > :is([src*=htmx], [src*=swaps])"))
    document.head.append(Object.assign(document.createElement("script"), { src, type }));
}

const summary = (details) => details.querySelector("summary").textContent;

const touched = (field) =>
  field.type !== "hidden" &&
  (field.checked !== field.defaultChecked || field.value !== field.defaultValue);

// What the server says; what this phone says for itself stays.
const parts = (main) =>
  [...main.children].filter((one) => !one.matches("[data-phone], [data-when-idle]"));
