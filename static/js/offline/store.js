// The database of this phone, written through to the disk: a browser that crashes loses nothing of it.
import { openDB } from "../../vendor/idb@8.0.4/index.js";

// An older page of ours in another window may hold the database back: better none than a wait.
const opening = new Promise((resolve, reject) => {
  openDB("rounds", 2, {
    upgrade(db, before) {
      if (before < 1) db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
      if (before < 2) db.createObjectStore("kept", { keyPath: ["user", "key", "what"] });
    },
    blocked: () => reject(new Error("held back by an older page")),
    blocking: (_version, _wanted, event) => event.target.close(),
  }).then(resolve, reject);
});
opening.catch(() => {}); // whoever uses it hears of it

export const user = () => document.body.dataset.user;
const mine = (...key) => IDBKeyRange.bound([user(), ...key], [user(), ...key, []]);

async function change(names, work) {
  const strict = { durability: "strict" };
  const transaction = (await opening).transaction(names, "readwrite", strict);
  await Promise.all([...work(transaction), transaction.done]);
}

// `what` is "attempt" or "draft"; `key` is the attempt's.
export const keep = (what, key, value) =>
  change("kept", (t) => [t.store.put({ user: user(), what, key, value })]);

// All that is kept for this person: [{ what, key, value }].
export const kept = async () => (await opening).getAll("kept", mine());

export const addChunk = (chunk) => change("chunks", (t) => [t.store.put(chunk)]);
export const chunksOf = async (key) => (await opening).getAll("chunks", mine(key));
export const dropChunks = (key) => change("chunks", (t) => [t.store.delete(mine(key))]);

// The keys of all notes of this person.
export async function noteKeys() {
  const keys = await (await opening).getAllKeys("chunks", mine());
  return [...new Set(keys.map(([, key]) => key))];
}

// The attempt, what was answered and the note go together, or none of them does.
export const remove = (key) =>
  change(["kept", "chunks"], (t) =>
    ["kept", "chunks"].map((name) => t.objectStore(name).delete(mine(key))),
  );
