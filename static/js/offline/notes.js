// Spoken notes on this phone, chunk by chunk as they are recorded, so that a page that is killed
// loses a second at most.
import { attemptOf, recovered } from "./attempts.js";
import { openAll, seal } from "./seal.js";
import { chunksOf, dropChunks, noteKeys, put, waiting } from "./store.js";

// Where the browser refuses to keep anything, a note lives as long as its page.
const loose = new Map();

// Adds what came since the last one; `seconds` is the length up to its end. False when it will not
// outlive the page.
export async function append(key, number, blob, seconds) {
  const begun = new Date(Date.now() - seconds * 1000).toISOString();
  const bytes = await blob.arrayBuffer();
  const chunk = { key, number, bytes, value: { type: blob.type, seconds, begun } };
  try {
    await put("chunks", await seal(chunk));
    return true;
  } catch {
    loose.set(key, [...(loose.get(key) ?? []), chunk]);
    return false;
  }
}

// { blob, seconds, begun }, or null where nothing was recorded.
export async function read(key) {
  const kept = await chunksOf(key).then(openAll, () => []);
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
  await dropChunks(key).catch(() => {});
}

// The keys of notes that no attempt leads to any more.
export async function orphans() {
  await recovered();
  const keys = await noteKeys().catch(() => []);
  const posted = await waiting().then(openAll, () => []);
  const spokenFor = new Set(posted.map(({ value }) => value.key));
  return keys.filter((key) => !attemptOf(key) && !spokenFor.has(key));
}
