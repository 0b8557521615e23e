// Signing out without a network: remembered until the server has heard of it, which comes before
// anything else. The reminder is an empty cache, because worker and page can both read that.

const REMINDER = "rounds-leaving"; // as earlier releases name it
const TIMEOUT = 5000; // milliseconds

/** Whether the server has still to hear of a sign-out. Plain HTTP has neither caches nor a worker. */
export const isSigningOut = async () => Boolean(await globalThis.caches?.has(REMINDER));
export const rememberSignOut = async () => globalThis.caches?.open(REMINDER);

/**
 * Tells the server of the sign-out.
 * @returns {Promise<boolean>} false while it cannot be reached: nobody is let in before
 */
export async function finishSignOut() {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const answer = await fetch("/sign-out", { method: "POST", redirect: "manual", signal });
    if (answer.status >= 500) return false;
  } catch {
    return false;
  }
  await caches.delete(REMINDER);
  return true;
}
