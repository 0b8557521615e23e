// A session that was ended elsewhere: whatever this phone asks next is answered by the sign-in page.
// Then nothing of the person stays readable here, and nothing of theirs is shown any more.
import { wipe } from "./wipe.js";

/** @type {(answer: Response, address?: string) => boolean} whether it is the sign-in page, as nobody */
export const isSignedOut = (answer, address = answer.url) =>
  new URL(address, self.location.href).pathname === "/sign-in" &&
  !answer.headers.has("X-Rounds-User");

/**
 * Closes the notifications that are on the screen, which name clients, and ends the subscription: a
 * push service may still hold some for this phone.
 * @param {ServiceWorkerRegistration | undefined} registration
 */
export async function silence(registration) {
  for (const notification of (await registration?.getNotifications()) ?? []) notification.close();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/**
 * Fetches for a page; where the session has ended, wipes this phone and leads to the sign-in.
 * @param {string} address
 * @param {RequestInit} [options]
 * @throws {Error} without a network, and when nobody is signed in any more
 */
export async function fetchSignedIn(address, options) {
  const answer = await fetch(address, options);
  if (!isSignedOut(answer)) return answer;
  await wipe().catch(() => {}); // a browser without a database has nothing to wipe
  await silence(await navigator.serviceWorker?.getRegistration()).catch(() => {});
  location.reload();
  throw new Error("signed out");
}
