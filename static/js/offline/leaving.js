// Signing out without a network: remembered until the server has heard of it, before anything else.
// A cache that holds nothing is the note, as worker and page can both read it.

const NOTE = "rounds-leaving";

export const isLeaving = () => caches.has(NOTE);
export const noteLeaving = () => caches.open(NOTE);

// Tells the server. False while it cannot be reached; nobody is let in before.
export async function finishLeaving() {
  try {
    const answer = await fetch("/sign-out", { method: "POST", redirect: "manual" });
    if (answer.status >= 500) return false;
  } catch {
    return false;
  }
  await caches.delete(NOTE);
  return true;
}
