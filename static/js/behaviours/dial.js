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
    saveAttempt({ key, client, contact, name, kind, next, at: new Date(now).toISOString() });
  });
}
