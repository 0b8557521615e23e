// Notes that a contact is about to be called, before the link hands over to the telephone.
import { attempts, saveAttempt } from "../offline/call-attempts.js";

const SAME_TAP = 30_000; // milliseconds; a cancelled call and the next tap are one attempt

/** @param {DialLink} link */
export default function dial(link) {
  link.addEventListener("click", () => {
    const { client, contact, name, kind, next } = link.dataset;
    const now = Date.now();
    const earlier = attempts().find(
      (attempt) =>
        attempt.client === client &&
        attempt.contact === contact &&
        now - Date.parse(attempt.at) < SAME_TAP,
    );
    const key = earlier?.key ?? crypto.randomUUID();
    const at = new Date(now).toISOString();
    saveAttempt({ key, client, contact, name, kind, next, at });
    if (kind === "call") tellServer(new URLSearchParams({ key, client, contact, at }));
  });
}

/**
 * Asks for a reminder, in case nothing is logged. Nothing waits for it, and without a network there is none.
 * @param {URLSearchParams} body
 */
function tellServer(body) {
  const headers = { "X-Rounds-User": document.body.dataset.user ?? "" };
  fetch("/attempts", { method: "POST", body, headers, keepalive: true }).catch(() => {});
}
