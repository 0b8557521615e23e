// What the worker does once it learns that nobody is signed in here any more. It has no localStorage,
// so that the key stays until a page has encrypted what lies there: the sign-in page does that.
import { deleteCopies } from "../offline/pages.js";
import { isSignedOut, silence } from "../offline/signed-out.js";
import { worker } from "./lists.js";

/** Deletes what can be read without a key. */
export async function wipeCopies() {
  await deleteCopies();
  await silence(worker.registration).catch(() => {}); // the push service may be out of reach
}

/**
 * Fetches for the worker; where the session has ended, wipes the copies and leads every window to the
 * sign-in.
 * @param {string} address
 * @param {RequestInit} [options]
 * @throws {Error} without a network, and when nobody is signed in any more
 */
export async function fetchSignedIn(address, options) {
  const answer = await fetch(address, options);
  if (!isSignedOut(answer)) return answer;
  await wipeCopies();
  const windows = await worker.clients.matchAll({ type: "window" });
  await Promise.allSettled(windows.map((window) => window.navigate(window.url)));
  throw new Error("signed out");
}

/** Asks whether somebody is signed in, for an answer that did not say. */
export async function checkSignIn() {
  await fetchSignedIn("/waiting").catch(() => {});
}
