// Signing out: first what waits is sent, or else sealed; then nothing of the day stays on this phone.
import { noteLeaving } from "../offline/offline-sign-out.js";
import { all } from "../offline/outbox.js";
import { send } from "../offline/sender.js";
import { canSeal, lockAway } from "../offline/wipe.js";

const PATIENCE = 8000; // milliseconds

export default async function leave(form) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription) form.elements.endpoint.value = subscription.endpoint;

  let warned = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const left = await sendWhatWaits();
      const safe = await canSeal();
      if (left && !warned) {
        warned = true;
        return warn(form, left, safe);
      }
      await lockAway();
    } catch {
      // A browser that keeps nothing has nothing to seal: nobody is held here by that.
    }
    await signOut(form);
  });
}

function warn(form, left, safe) {
  const { one, more, lost } = form.dataset;
  const words = form.querySelector("[data-left]");
  words.textContent = safe ? (left === 1 ? one : more.replace("{num}", left)) : lost;
  words.hidden = false;
  form.querySelector("[type=submit]").scrollIntoView({ block: "center" }); // from under the bar
}

async function sendWhatWaits() {
  const count = async () => (await all()).length;
  if (!(await count())) return 0;
  await Promise.race([send(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  return count();
}

async function signOut(form) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal });
    if (answer.status >= 500) await noteLeaving();
  } catch {
    await noteLeaving(); // the server hears of it before anything else is shown
  }
  location.assign("/sign-in");
}
