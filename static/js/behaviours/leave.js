// Signing out: first what waits is sent, or else sealed; then nothing of the day stays on this phone.
import { noteLeaving } from "../offline/leaving.js";
import { lockAll } from "../offline/lock.js";
import { all } from "../offline/outbox.js";
import { send } from "../offline/sending.js";

const PATIENCE = 8000; // milliseconds

export default async function leave(form) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription) form.elements.endpoint.value = subscription.endpoint;

  let warned = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const left = await sendWhatWaits();
    if (left && !warned) {
      warned = true;
      const { one, more } = form.dataset;
      const words = form.querySelector("[data-left]");
      words.textContent = left === 1 ? one : more.replace("{num}", left);
      words.hidden = false;
      return;
    }
    await lockAll();
    await signOut(form);
  });
}

async function sendWhatWaits() {
  const count = async () => (await all()).length;
  if (!(await count())) return 0;
  await Promise.race([send(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  return count();
}

async function signOut(form) {
  try {
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  } catch {
    await noteLeaving(); // the server hears of it before anything else is shown
  }
  location.assign("/sign-in");
}
