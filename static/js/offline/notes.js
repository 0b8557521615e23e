// Spoken notes on this phone, stored chunk by chunk as they are recorded: a page that is killed loses
// a second at most.
import { attemptOf, recovered } from "./call-attempts.js";
import { decryptRows, encryptRow } from "./encryption.js";
import { chunkRows, currentUser, deleteChunks, noteKeys, outboxRows, put } from "./store.js";

/**
 * Where the browser refuses to store anything, a note lives as long as its page.
 * @type {Map<string, ChunkRow[]>}
 */
const inMemory = new Map();

/** @type {(key: string) => boolean} whether part of the note would be gone with the page */
export const isInMemory = (key) => inMemory.has(key);

/**
 * Stores the next chunk of a note.
 * @param {string} key
 * @param {number} number counted from 0
 * @param {Blob} blob
 * @param {number} seconds the length of the note up to the end of this chunk
 * @returns {Promise<boolean>} false when the chunk will not outlive the page
 */
export async function append(key, number, blob, seconds) {
  const begun = new Date(Date.now() - seconds * 1000).toISOString();
  const bytes = await blob.arrayBuffer();
  const value = { type: blob.type, seconds, begun };
  const chunk = { user: currentUser(), key, number, bytes, value };
  try {
    await put("chunks", await encryptRow(chunk));
    return true;
  } catch {
    inMemory.set(key, [...(inMemory.get(key) ?? []), chunk]);
    return false;
  }
}

/** @type {(key: string, userId?: string) => Promise<SpokenNote | null>} null when none was recorded */
export async function read(key, userId = currentUser()) {
  const stored = await chunkRows(userId, key)
    .then(decryptRows)
    .catch(() => []);
  const chunks = [...stored, ...(inMemory.get(key) ?? [])];
  if (chunks.length === 0) return null;
  const parts = chunks.map(({ bytes }) => bytes);
  const [first, last] = [chunkInfo(chunks[0]), chunkInfo(chunks[chunks.length - 1])];
  const { type, begun } = first;
  return { blob: new Blob(parts, { type }), seconds: last.seconds, begun };
}

// A row of an earlier release has the same fields without a `value` around them.
const chunkInfo = (/** @type {ChunkRow} */ chunk) =>
  chunk.value ?? /** @type {ChunkInfo} */ (/** @type {unknown} */ (chunk));

/** @param {string} key */
export async function discard(key) {
  inMemory.delete(key);
  await deleteChunks(currentUser(), key).catch(() => {});
}

/** @returns {Promise<string[]>} keys of readable notes that neither an attempt nor the outbox has */
export async function orphans() {
  await recovered();
  const keys = await noteKeys(currentUser()).catch(() => []);
  const queued = await outboxRows(currentUser())
    .then(decryptRows)
    .catch(() => []);
  const inOutbox = new Set(queued.map(({ value }) => value.key));
  const left = keys.filter((key) => !attemptOf(key) && !inOutbox.has(key));
  const notes = await Promise.all(left.map((key) => read(key)));
  return left.filter((_key, index) => notes[index]);
}
