// Turns notifications on and off for this device, and says which they are. The browser asks for
// permission only after a tap.

import { registerWorker } from "./register-worker.js";

/** @typedef {Marked<"key">} Card the card of the notifications, with the server's key */

const SUPPORTED = ["serviceWorker" in navigator, "PushManager" in window, "Notification" in window];

/** @param {Card} root */
export default async function push(root) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
    root.querySelectorAll("[data-do]")
  ))
    button.addEventListener("click", () => toggle(root, button));
  // This device may be taken off the list by its own button.
  root.addEventListener("htmx:after:swap", async () => show(root, await state(root)));
  show(root, await state(root));
}

/** @type {(root: Card, button: HTMLButtonElement) => Promise<void>} */
async function toggle(root, button) {
  button.disabled = true;
  try {
    showProblem(root, button.dataset.do === "on" ? await turnOn(root) : await turnOff(root));
  } catch {
    showProblem(root, "failed");
  }
  button.disabled = false;
  show(root, await state(root));
}

/** @param {Card} root */
async function state(root) {
  if (!SUPPORTED.every(Boolean)) return isApple() ? "home-screen" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const present = await subscription();
  const ours = present && hasKey(present, root) && listed(root, present.endpoint);
  return ours && Notification.permission === "granted" ? "on" : "off";
}

/** @param {Card} root */
async function turnOn(root) {
  if ((await Notification.requestPermission()) !== "granted") return "dismissed";
  const earlier = await subscription();
  if (earlier && !hasKey(earlier, root)) await earlier.unsubscribe();
  await registerWorker();
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(root.dataset.key) };
  const { endpoint = "", keys } = (await pushManager.subscribe(options)).toJSON();
  await send("/devices", { endpoint, ...keys, key: crypto.randomUUID() });
  return listed(root, endpoint) ? "" : "failed";
}

/** @param {Card} root */
async function turnOff(root) {
  const present = await subscription();
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

async function subscription() {
  return (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
}

/** @type {(root: Card, endpoint: string) => HTMLElement | undefined} */
const listed = (root, endpoint) =>
  [...root.querySelectorAll("[data-endpoint]")].find(
    ({ dataset }) => dataset.endpoint === endpoint,
  );

/** @type {(present: PushSubscription, root: Card) => boolean} */
function hasKey(present, root) {
  const key = present.options.applicationServerKey;
  return !key || String(new Uint8Array(key)) === String(bytes(root.dataset.key));
}

/** @param {string} text in base64url */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function isApple() {
  const touchMac = navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1;
  return /iPhone|iPad/.test(navigator.userAgent) || touchMac;
}
