// Spoken notes on this phone, chunk by chunk as they are recorded, so that a page that is killed
// loses a second at most.
import { attemptOf, recovered } from "./attempts.js";
import { addChunk, chunksOf, dropChunks, noteKeys, user } from "./store.js";

// Where the browser refuses to keep anything, a note lives as long as its page.
const loose = new Map();

// Adds what came since the last one; `seconds` is the length up to its end. False when it will not
// outlive the page.
export async function append(key, number, blob, seconds) {
  const begun = new Date(Date.now() - seconds * 1000).toISOString();
  const bytes = await blob.arrayBuffer();
  const chunk = { user: user(), key, number, bytes, type: blob.type, seconds, begun };
  try {
    await addChunk(chunk);
    return true;
  } catch {
    loose.set(key, [...(loose.get(key) ?? []), chunk]);
    return false;
  }
}

// { blob, seconds, begun }, or null where nothing was recorded.
export async function read(key) {
  const kept = await chunksOf(key).catch(() => []);
  const chunks = [...kept, ...(loose.get(key) ?? [])];
  if (chunks.length === 0) return null;
  const parts = chunks.map((chunk) => chunk.bytes);
  const [{ type, begun }] = chunks;
  return { blob: new Blob(parts, { type }), seconds: chunks.at(-1).seconds, begun };
}

export async function discard(key) {
  loose.delete(key);
  await dropChunks(key).catch(() => {});
}

// The keys of notes that no attempt leads to any more.
export async function orphans() {
  await recovered();
  const keys = await noteKeys().catch(() => []);
  return keys.filter((key) => !attemptOf(key));
}
