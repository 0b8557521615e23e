// This browser's push subscription, and whether its person wants one here: that is remembered beyond
// the subscription, which a browser may drop without a word.
import { registerWorker } from "../behaviours/register-worker.js";

const wanted = () => `rounds:${document.body.dataset.user}:push`;

/** Remembers that the person of this page turned notifications on here: main.js looks for it. */
export function setWanted(/** @type {boolean} */ on) {
  try {
    if (on) localStorage.setItem(wanted(), "on");
    else localStorage.removeItem(wanted());
  } catch {
    // A browser that keeps nothing asks again at each visit.
  }
}

export const isSupported = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

export async function current() {
  return (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
}

/**
 * The subscription for this server's key: the present one, else a new one. `anew` ends the present one
 * first: its push service may have ended it, and the browser does not know.
 * @type {(key: string, anew?: boolean) => Promise<PushSubscription>}
 */
export async function subscribe(key, anew = false) {
  const present = await current();
  if (present && hasKey(present, key) && !anew) return present;
  await present?.unsubscribe();
  await registerWorker();
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

/** @type {(subscription: PushSubscription) => Record<string, string>} as a form sends it */
export function fieldsOf(subscription) {
  const { endpoint = "", keys } = subscription.toJSON();
  return { endpoint, ...keys, key: crypto.randomUUID() };
}

/** @type {(present: PushSubscription, key: string) => boolean} */
export function hasKey(present, key) {
  const theirs = present.options.applicationServerKey;
  return !theirs || String(new Uint8Array(theirs)) === String(bytes(key));
}

/** @param {string} text in base64url */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
