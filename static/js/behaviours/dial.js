// Notes that someone is about to be called, before the link hands over to the telephone.
import { attempts, noteAttempt } from "../offline/call-attempts.js";

const SAME_TAP = 30_000; // a cancelled call and the next tap are one attempt

export default function dial(link) {
  link.addEventListener("click", () => {
    const { client, contact, name, kind, next } = link.dataset;
    const now = Date.now();
    const again = attempts().find(
      (a) => a.client === client && a.contact === contact && now - Date.parse(a.at) < SAME_TAP,
    );
    const key = again?.key ?? crypto.randomUUID();
    noteAttempt({ key, client, contact, name, kind, next, at: new Date(now).toISOString() });
  });
}
