// Spoken notes on this phone, chunk by chunk as they are recorded, so that a page that is killed
// loses a second at most.
import { attemptOf, recovered } from "./call-attempts.js";
import { openAll, seal } from "./encryption.js";
import { chunksOf, dropChunks, noteKeys, put, user, waiting } from "./store.js";

// Where the browser refuses to keep anything, a note lives as long as its page.
const loose = new Map();

// Whether part of it would be gone with the page.
export const isLoose = (key) => loose.has(key);

// Adds what came since the last one; `seconds` is the length up to its end. False when it will not
// outlive the page.
export async function append(key, number, blob, seconds) {
  const begun = new Date(Date.now() - seconds * 1000).toISOString();
  const bytes = await blob.arrayBuffer();
  const chunk = { user: user(), key, number, bytes, value: { type: blob.type, seconds, begun } };
  try {
    await put("chunks", await seal(chunk));
    return true;
  } catch {
    loose.set(key, [...(loose.get(key) ?? []), chunk]);
    return false;
  }
}

// { blob, seconds, begun }, or null where nothing was recorded.
export async function read(key, who = user()) {
  const kept = await chunksOf(who, key)
    .then(openAll)
    .catch(() => []);
  const chunks = [...kept, ...(loose.get(key) ?? [])];
  if (chunks.length === 0) return null;
  const parts = chunks.map((chunk) => chunk.bytes);
  // Those of an earlier release have it all beside the bytes.
  const [first, last] = [chunks[0], chunks.at(-1)].map((chunk) => chunk.value ?? chunk);
  const { type, begun } = first;
  return { blob: new Blob(parts, { type }), seconds: last.seconds, begun };
}

export async function discard(key) {
  loose.delete(key);
  await dropChunks(user(), key).catch(() => {});
}

// The keys of notes that can be read and that no attempt leads to any more.
export async function orphans() {
  await recovered();
  const keys = await noteKeys(user()).catch(() => []);
  const posted = await waiting(user())
    .then(openAll)
    .catch(() => []);
  const spokenFor = new Set(posted.map(({ value }) => value.key));
  const left = keys.filter((key) => !attemptOf(key) && !spokenFor.has(key));
  const notes = await Promise.all(left.map((key) => read(key)));
  return left.filter((_key, index) => notes[index]);
}
