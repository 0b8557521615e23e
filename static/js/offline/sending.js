// Sends what waits, from a page or from the worker: one sender at a time, in order for each client.
import { read } from "./notes.js";
import { all, drop, noteProblem } from "./outbox.js";
import { user } from "./store.js";

const PATIENCE = 60_000; // milliseconds for one, a spoken note on a slow line included
const LONGEST_NOTE = 180; // seconds

// What became of each that was tried: number -> { said, location, html, status }, where `said` is
// "sent", "problem", "later", "no network" or "signed out". Whoever sends already goes first.
export const send = (onlyNumber = null) =>
  navigator.locks.request(`rounds-outbox-${user()}`, () => sendAll(onlyNumber));

async function sendAll(onlyNumber) {
  const results = new Map();
  const held = new Set(); // clients whose earlier one did not go through
  for (const item of await all()) {
    const { client, problem } = item.value;
    if (held.has(client)) continue;
    const awaited = item.number === onlyNumber;
    const result = problem && !awaited ? { said: "problem" } : await sendOne(item, awaited);
    results.set(item.number, result);
    if (result.said === "signed out" || result.said === "no network") break;
    if (result.said !== "sent") held.add(client);
  }
  return results;
}

// What the server says of it once goes to the screen only where somebody waits for it.
async function sendOne(item, awaited) {
  const { value } = item;
  let answer;
  try {
    answer = await fetch(value.to, {
      method: "POST",
      body: await contents(value),
      headers: {
        Prefer: "return=minimal",
        "X-Rounds-User": user(),
        ...(!awaited && { "X-Rounds-Background": "1" }),
        "X-Rounds-Happened": value.at,
        "X-Rounds-Sent": new Date().toISOString(),
      },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { said: "no network" };
  }
  return understand(item, answer);
}

async function understand(item, answer) {
  const { status } = answer;
  if (status === 201) {
    await drop(item);
    return { said: "sent", location: answer.headers.get("Location") };
  }
  if (answer.redirected || status === 401) return { said: "signed out", location: answer.url };
  if (status >= 500 || status === 429 || status < 400) return { said: "later", status };
  const html = status === 422 || status === 409 ? await answer.text() : ""; // to be put right
  await noteProblem(item, { status });
  return { said: "problem", status, html };
}

async function contents({ key, fields }) {
  const body = new FormData();
  for (const [name, text] of fields) body.append(name, text);
  const note = await read(key);
  if (note) {
    body.set("audio", note.blob, "note");
    body.set("seconds", Math.min(LONGEST_NOTE, Math.round(note.seconds)));
  }
  return body;
}
