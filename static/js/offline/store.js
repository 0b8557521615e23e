// The database of this phone, written through to the disk: a browser that crashes loses nothing of
// it. What a person says is sealed with a key of theirs (seal.js); rows of an earlier release are
// not, and are sealed when that key arrives.
import { openDB } from "../../vendor/idb@8.0.4/index.js";

const NAMES = ["kept", "chunks", "outbox"];

// An older page of ours in another window may hold the database back: better none than a wait.
const opening = new Promise((resolve, reject) => {
  openDB("rounds", 3, {
    upgrade(db, before) {
      if (before < 1) db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
      if (before < 2) db.createObjectStore("kept", { keyPath: ["user", "key", "what"] });
      if (before < 3) {
        db.createObjectStore("outbox", { keyPath: ["user", "number"] });
        db.createObjectStore("keys", { keyPath: "user" });
      }
    },
    blocked: () => reject(new Error("held back by an older page")),
    blocking: (_version, _wanted, event) => event.target.close(),
  }).then(resolve, reject);
});
opening.catch(() => {}); // whoever uses it hears of it

let person = globalThis.document?.body.dataset.user;
// Whose rows are meant: the person of the page, or whoever the worker works for.
export const user = () => person;
export const workFor = (id) => {
  person = id;
};

const of = (...key) => IDBKeyRange.bound([person, ...key], [person, ...key, []]);

async function change(names, work) {
  const strict = { durability: "strict" };
  const transaction = (await opening).transaction(names, "readwrite", strict);
  const all = (name) => transaction.objectStore(name);
  await Promise.all([...(await work(all)), transaction.done]);
}

const rows = async (name, ...key) => (await opening).getAll(name, of(...key));

export const put = (name, row) =>
  change([name], (all) => [all(name).put({ user: person, ...row })]);

export const kept = () => rows("kept");
export const chunksOf = (key) => rows("chunks", key);
export const waiting = () => rows("outbox");
export const dropChunks = (key) => change(["chunks"], (all) => [all("chunks").delete(of(key))]);

// The keys of all notes of this person.
export async function noteKeys() {
  const keys = await (await opening).getAllKeys("chunks", of());
  return [...new Set(keys.map(([, key]) => key))];
}

// The attempt, what was answered and the note go together, or none of them does.
export const remove = (key) =>
  change(["kept", "chunks"], (all) => ["kept", "chunks"].map((name) => all(name).delete(of(key))));

// Puts something into the outbox, behind all that is there, and takes `key`'s draft away with it.
// Resolves to its number.
export async function post(row, key) {
  let number = 0;
  await change(["outbox", "kept"], async (all) => {
    const last = await all("outbox").openKeyCursor(of(), "prev");
    number = (last?.key[1] ?? 0) + 1;
    return [all("outbox").put({ user: person, number, ...row }), all("kept").delete(of(key))];
  });
  return number;
}

// Once it has arrived: the row goes, and the note that went with it.
export const arrived = (number, key) =>
  change(["outbox", "chunks", "kept"], (all) => [
    all("outbox").delete([person, number]),
    all("chunks").delete(of(key)),
    all("kept").delete(of(key)),
  ]);

export const keyOf = async (id) => (await (await opening).get("keys", id))?.key;
export const keepKey = (key) => put("keys", { key });
export const dropKey = (id) => change(["keys"], (all) => [all("keys").delete(id)]);
// Everybody whose key is here.
export const people = async () => (await opening).getAllKeys("keys");

// Writes each plain row of this person anew as `sealed` makes it.
export async function rewrite(sealed) {
  for (const name of NAMES)
    for (const row of await rows(name)) {
      const fresh = await sealed(row);
      if (fresh) await put(name, fresh);
    }
}
