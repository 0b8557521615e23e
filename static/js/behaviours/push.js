// Turns notifications on and off for this device, and says which they are. The browser asks for
// permission only after a tap.

import { isApple, platform } from "../notices/platform.js";
import {
  current,
  fieldsOf,
  hasKey,
  isSupported,
  setWanted,
  subscribe,
} from "../notices/subscription.js";

/** @typedef {Marked<"key">} Card the card of the notifications, with the server's key */

/** @param {Card} root */
export default async function push(root) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
    root.querySelectorAll("[data-do]")
  ))
    button.addEventListener("click", () => toggle(root, button));
  for (const help of root.querySelectorAll("[data-help]"))
    help.hidden = help.dataset.help !== platform();
  // This device may be taken off the list by its own button.
  root.addEventListener("htmx:after:swap", async () => {
    const ended = root.querySelector("[data-unsent]"); // a test says so: it is still wanted here
    if ((await refresh(root)) !== "off") return;
    if (ended) root.querySelector("[data-state=off]").before(ended);
    else setWanted(false);
  });
  await refresh(root);
}

/** @type {(root: Card, button: HTMLButtonElement) => Promise<void>} */
async function toggle(root, button) {
  if (!navigator.onLine) return showProblem(root, "offline");
  button.disabled = true;
  document.getElementById("trial-result")?.remove(); // of how it was before
  try {
    showProblem(root, button.dataset.do === "on" ? await turnOn(root) : await turnOff(root));
  } catch {
    showProblem(root, "failed");
  }
  button.disabled = false;
  await refresh(root);
}

/**
 * Shows which state it is, and whether what was sent last arrived here.
 * @param {Card} root
 */
async function refresh(root) {
  const name = await state(root);
  show(root, name);
  if (name !== "on") return name;
  const here = listed(root, (await current())?.endpoint ?? "");
  const arrives = !here?.querySelector(".problem") && !root.querySelector("[data-unsent]");
  for (const line of root.querySelectorAll("[data-arrives]"))
    line.hidden = (line.dataset.arrives === "yes") !== arrives;
  return name;
}

/** @param {Card} root */
async function state(root) {
  if (!isSupported()) return isApple() ? "home-screen" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const present = await current();
  const ours = present && hasKey(present, root.dataset.key) && listed(root, present.endpoint);
  if (!ours || Notification.permission !== "granted") return "off";
  setWanted(true); // an earlier release did not remember it
  return "on";
}

/** @param {Card} root */
async function turnOn(root) {
  const permission = await Notification.requestPermission();
  if (permission === "denied") return ""; // the help for it stands there instead
  if (permission !== "granted") return "dismissed";
  const replaces = (await current())?.endpoint ?? "";
  const fields = fieldsOf(await subscribe(root.dataset.key, true));
  await send("/devices", fields.endpoint === replaces ? fields : { ...fields, replaces });
  return listed(root, fields.endpoint) ? "" : "failed";
}

/** @param {Card} root */
async function turnOff(root) {
  setWanted(false);
  const present = await current();
  const form = present && listed(root, present.endpoint)?.querySelector("form");
  await present?.unsubscribe();
  if (!form) return "";
  await send(form.action, Object.fromEntries(new FormData(form)));
  return listed(root, present.endpoint) ? "failed" : "";
}

/**
 * Sends fields as a form of the list would, and shows the list that comes back.
 * @type {(address: string, values: object) => Promise<unknown> | undefined}
 */
const send = (address, values) =>
  globalThis.htmx?.ajax("POST", address, { values, target: "#devices", swap: "outerHTML" });

/** @type {(root: Card, name: string) => void} */
function show(root, name) {
  for (const part of root.querySelectorAll("[data-state]"))
    part.hidden = part.dataset.state !== name;
}

/** @type {(root: Card, name: string) => void} */
function showProblem(root, name) {
  for (const part of root.querySelectorAll("[data-problem]"))
    part.hidden = part.dataset.problem !== name;
}

/** @type {(root: Card, endpoint: string) => HTMLElement | undefined} */
const listed = (root, endpoint) =>
  [...root.querySelectorAll("[data-endpoint]")].find(
    ({ dataset }) => dataset.endpoint === endpoint,
  );
