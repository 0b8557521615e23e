// Signing out without a network: remembered until the server has heard of it, before anything else.
// A cache that holds nothing is the note, as worker and page can both read it.

const NOTE = "rounds-leaving";
const PATIENCE = 5000; // milliseconds

// Plain HTTP knows no caches, and no worker that could read the note.
export const isLeaving = async () => Boolean(await globalThis.caches?.has(NOTE));
export const noteLeaving = async () => globalThis.caches?.open(NOTE);

// Tells the server. False while it cannot be reached; nobody is let in before.
export async function finishLeaving() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch("/sign-out", { method: "POST", redirect: "manual", signal });
    if (answer.status >= 500) return false;
  } catch {
    return false;
  }
  await caches.delete(NOTE);
  return true;
}
