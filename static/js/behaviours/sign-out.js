// Signing out: the outbox is sent, or else encrypted; then this phone is wiped of the day.
import { rememberSignOut } from "../offline/offline-sign-out.js";
import { all } from "../offline/outbox.js";
import { send, senderIsIdle } from "../offline/sender.js";
import { silence } from "../offline/signed-out.js";
import { canEncrypt, wipe } from "../offline/wipe.js";

const TIMEOUT = 8000; // milliseconds

/** @typedef {Marked<"one" | "more" | "lost", FormWith<"endpoint">>} SignOutForm */

/** @param {SignOutForm} form */
export default async function prepareSignOut(form) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription) form.elements.endpoint.value = subscription.endpoint;

  let warned = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const left = await sendOutbox();
      const safe = await canEncrypt();
      if (left && !warned) {
        warned = true;
        return warn(form, left, safe);
      }
      silence(registration).catch(() => {}); // never waited for: there may be no network
      await wipe();
    } catch {
      // A browser without a database has nothing to encrypt: that must not hold a person here.
    }
    await signOut(form);
  });
}

/** @type {(form: SignOutForm, left: number, safe: boolean) => void} */
function warn(form, left, safe) {
  const { one: singular, more: plural, lost } = form.dataset;
  const words = left === 1 ? singular : plural.replace("{num}", String(left));
  const line = form.querySelector("[data-left]");
  line.textContent = safe ? words : lost;
  line.hidden = false;
  form.querySelector("[type=submit]").scrollIntoView({ block: "center" }); // from under the bar
}

/** @returns {Promise<number>} how many items are left */
async function sendOutbox() {
  const count = async () => (await all()).length;
  if (!(await count())) return 0;
  const sent = senderIsIdle().then(() => send()); // what is on its way just now is not left over
  await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, TIMEOUT))]);
  return count();
}

/** @param {HTMLFormElement} form */
async function signOut(form) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal });
    if (answer.status >= 500) await rememberSignOut();
  } catch {
    await rememberSignOut(); // the server hears of it before anything else is shown
  }
  location.assign("/sign-in");
}
