// Sends the outbox, from a page or from the worker: one sender at a time, in order for each client.
import { read } from "./notes.js";
import { all, drop, saveProblem } from "./outbox.js";
import { currentUser } from "./store.js";

/** What became of an item that was tried. */
export const Result = Object.freeze({
  OFFLINE: "offline", // no network
  SIGNED_OUT: "signed out",
  RETRY: "retry", // the server cannot take it now
  PROBLEM: "problem", // the server refused it: a person has to repair it
  SENT: "sent",
});

const LEAST_TIMEOUT = 20_000; // milliseconds for one request
const SLOWEST = 3; // bytes in a millisecond: a spoken note on a slow connection needs minutes
const LONGEST_NOTE = 180; // seconds
const TEMPORARY = new Set([408, 425, 429]); // said by a server, or by a proxy before it

let retryAfter = 0; // milliseconds since 1970; the server asks for no request before

/**
 * Tries to send the outbox. A caller that waits for one item gets their turn; any other steps back
 * where a sender is at work already.
 * @param {number | null} [awaited] the item that a person waits for; null for all of them
 * @param {string} [userId]
 * @returns {Promise<Map<number, SendOutcome>>} by the number of each item that was tried
 */
export async function send(awaited = null, userId = currentUser()) {
  if (awaited === null && Date.now() < retryAfter) return new Map();
  const options = { ifAvailable: awaited === null };
  return navigator.locks.request(lockOf(userId), options, (lock) =>
    lock ? sendAll(awaited, userId) : new Map(),
  );
}

/** Resolves once no sender is at work. */
export const senderIsIdle = (userId = currentUser()) =>
  navigator.locks.request(lockOf(userId), () => {});

const lockOf = (/** @type {string} */ userId) => `rounds-outbox-${userId}`;

/** @type {(awaited: number | null, userId: string) => Promise<Map<number, SendOutcome>>} */
async function sendAll(awaited, userId) {
  const outcomes = new Map();
  const held = new Set(); // clients with an earlier item that did not go through
  for (const item of await all(userId)) {
    const { client, problem } = item.value;
    if (held.has(client)) continue;
    const isAwaited = item.number === awaited;
    const outcome =
      problem && !isAwaited ? { result: Result.PROBLEM } : await sendItem(item, isAwaited, userId);
    outcomes.set(item.number, outcome);
    if (outcome.result === Result.SIGNED_OUT || outcome.result === Result.OFFLINE) break;
    if (outcome.result !== Result.SENT && !problem?.seen) held.add(client);
  }
  return outcomes;
}

/** @type {(item: OutboxItem, isAwaited: boolean, userId: string) => Promise<SendOutcome>} */
async function sendItem(item, isAwaited, userId) {
  const { value } = item;
  const { body, size } = await requestBody(value, userId);
  let answer;
  try {
    answer = await fetch(value.to, {
      method: "POST",
      body,
      headers: {
        Prefer: "return=minimal",
        "X-Rounds-User": userId,
        // The server's message for the next page is meant for a person who waits, and for no other.
        ...(!isAwaited && { "X-Rounds-Background": "1" }),
        "X-Rounds-Happened": value.at,
        "X-Rounds-Sent": new Date().toISOString(),
      },
      signal: AbortSignal.timeout(LEAST_TIMEOUT + Math.ceil(size / SLOWEST)),
    });
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { result: timedOut ? Result.RETRY : Result.OFFLINE };
  }
  return settle(item, answer, isAwaited, userId);
}

/**
 * Brings the item in line with the answer.
 * @type {(item: OutboxItem, answer: Response, seen: boolean, userId: string) => Promise<SendOutcome>}
 */
async function settle(item, answer, seen, userId) {
  const { status, headers } = answer;
  if (status === 201) {
    await drop(item, userId);
    return { result: Result.SENT, location: headers.get("Location") };
  }
  if (answer.redirected || status === 401)
    return { result: Result.SIGNED_OUT, location: answer.url };
  if (status >= 500 || status < 400 || TEMPORARY.has(status)) {
    retryAfter = Date.now() + 1000 * Number(headers.get("Retry-After") ?? 0) || 0;
    return { result: Result.RETRY, status };
  }
  const html = status === 422 || status === 409 ? await answer.text() : ""; // the form, to repair it
  const words = decodeURIComponent(headers.get("X-Rounds-Problem") ?? "");
  await saveProblem(item, { status, words, seen }, userId);
  return { result: Result.PROBLEM, status, html };
}

/** @type {(value: OutboxItem["value"], userId: string) => Promise<{ body: FormData, size: number }>} */
async function requestBody({ key, fields }, userId) {
  const body = new FormData();
  for (const [name, text] of fields) body.append(name, text);
  const note = await read(key, userId);
  if (note) {
    body.set("audio", note.blob, "note");
    body.set("seconds", String(Math.min(LONGEST_NOTE, Math.round(note.seconds))));
  }
  return { body, size: note?.blob.size ?? 0 };
}
