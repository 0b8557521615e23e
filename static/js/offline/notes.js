// Spoken notes on this phone, chunk by chunk as they are recorded, so that a page that is killed
// loses a second at most.
import { openDB } from "../../vendor/idb@8.0.4/index.js";

const opening = openDB("rounds", 1, {
  upgrade(db) {
    db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
  },
});

const user = () => document.body.dataset.user;
const all = (key) => IDBKeyRange.bound([user(), key, 0], [user(), key, Number.MAX_SAFE_INTEGER]);

// Where the browser refuses to keep anything, a note lives as long as its page.
const loose = new Map();

// Adds what came since the last one; `seconds` is the length up to its end. False when it will not
// outlive the page.
export async function append(key, number, blob, seconds) {
  const bytes = await blob.arrayBuffer();
  const chunk = { user: user(), key, number, bytes, type: blob.type, seconds };
  try {
    await (await opening).put("chunks", chunk);
    return true;
  } catch {
    loose.set(key, [...(loose.get(key) ?? []), chunk]);
    return false;
  }
}

// { blob, seconds }, or null where nothing was recorded.
export async function read(key) {
  const kept = await opening.then((db) => db.getAll("chunks", all(key))).catch(() => []);
  const chunks = [...kept, ...(loose.get(key) ?? [])];
  if (chunks.length === 0) return null;
  const parts = chunks.map((chunk) => chunk.bytes);
  return { blob: new Blob(parts, { type: chunks[0].type }), seconds: chunks.at(-1).seconds };
}

export async function discard(key) {
  loose.delete(key);
  await opening.then((db) => db.delete("chunks", all(key))).catch(() => {});
}
