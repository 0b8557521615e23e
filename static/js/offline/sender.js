// Sends what waits, from a page or from the worker: one sender at a time, in order for each client.
import { read } from "./notes.js";
import { all, drop, noteProblem } from "./outbox.js";
import { user } from "./store.js";

const LEAST_PATIENCE = 20_000; // milliseconds for one
const SLOWEST = 3; // bytes in a millisecond: a spoken note on a thin line needs minutes
const LONGEST_NOTE = 180; // seconds
const LATER = new Set([408, 425, 429]); // said by a server, or by what stands before it

let rests = 0; // until then the server wants to be left alone

// What became of each that was tried: number -> { said, location, html, status }, where `said` is
// "sent", "problem", "later", "no network" or "signed out". Whoever waits for one item gets their
// turn; a try that nobody waits for steps back where somebody sends already.
export function send(onlyNumber = null, who = user()) {
  const options = { ifAvailable: onlyNumber === null };
  if (onlyNumber === null && Date.now() < rests) return Promise.resolve(new Map());
  return navigator.locks.request(`rounds-outbox-${who}`, options, (lock) =>
    lock ? sendAll(onlyNumber, who) : new Map(),
  );
}

// Once nobody sends.
export const nobodySends = (who = user()) =>
  navigator.locks.request(`rounds-outbox-${who}`, () => {});

async function sendAll(onlyNumber, who) {
  const results = new Map();
  const held = new Set(); // clients whose earlier one did not go through
  for (const item of await all(who)) {
    const { client, problem } = item.value;
    if (held.has(client)) continue;
    const awaited = item.number === onlyNumber;
    const result = problem && !awaited ? { said: "problem" } : await sendOne(item, awaited, who);
    results.set(item.number, result);
    if (result.said === "signed out" || result.said === "no network") break;
    if (result.said !== "sent" && !problem?.seen) held.add(client);
  }
  return results;
}

// What the server says of it once goes to the screen only where somebody waits for it.
async function sendOne(item, awaited, who) {
  const { value } = item;
  const { body, size } = await contents(value, who);
  let answer;
  try {
    answer = await fetch(value.to, {
      method: "POST",
      body,
      headers: {
        Prefer: "return=minimal",
        "X-Rounds-User": who,
        ...(!awaited && { "X-Rounds-Background": "1" }),
        "X-Rounds-Happened": value.at,
        "X-Rounds-Sent": new Date().toISOString(),
      },
      signal: AbortSignal.timeout(LEAST_PATIENCE + size / SLOWEST),
    });
  } catch (problem) {
    return { said: problem.name === "TimeoutError" ? "later" : "no network" };
  }
  return understand(item, answer, { awaited, who });
}

async function understand(item, answer, { awaited, who }) {
  const { status } = answer;
  if (status === 201) {
    await drop(item, who);
    return { said: "sent", location: answer.headers.get("Location") };
  }
  if (answer.redirected || status === 401) return { said: "signed out", location: answer.url };
  if (status >= 500 || status < 400 || LATER.has(status)) {
    rests = Date.now() + 1000 * Number(answer.headers.get("Retry-After") ?? 0) || 0;
    return { said: "later", status };
  }
  const html = status === 422 || status === 409 ? await answer.text() : ""; // to be put right
  const words = decodeURIComponent(answer.headers.get("X-Rounds-Problem") ?? "");
  await noteProblem(item, { status, words, seen: awaited }, who);
  return { said: "problem", status, html };
}

async function contents({ key, fields }, who) {
  const body = new FormData();
  for (const [name, text] of fields) body.append(name, text);
  const note = await read(key, who);
  if (note) {
    body.set("audio", note.blob, "note");
    body.set("seconds", Math.min(LONGEST_NOTE, Math.round(note.seconds)));
  }
  return { body, size: note?.blob.size ?? 0 };
}
