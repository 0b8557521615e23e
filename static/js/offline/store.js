// The database of this phone, written through to the disk: a browser that crashes loses nothing of
// it. Every row belongs to a person, who is named by whoever asks: a page works for one, the worker
// for several. What they say is sealed with a key of theirs (encryption.js).
import { openDB } from "../../vendor/idb@8.0.4/index.js";

const NAMES = ["kept", "chunks", "outbox"];
const VERSION = 3;

// The person of the page; nobody in the worker.
export const user = () => globalThis.document?.body.dataset.user;

let opening = null;
const database = () => (opening ??= open());
const letGo = () => {
  opening = null;
};

// An older page of ours in another window may hold the database back: better none than a wait.
function open() {
  const opened = new Promise((resolve, reject) => {
    openDB("rounds", VERSION, {
      upgrade(db, before) {
        if (before < 1) db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
        if (before < 2) db.createObjectStore("kept", { keyPath: ["user", "key", "what"] });
        if (before < 3) {
          db.createObjectStore("outbox", { keyPath: ["user", "number"] });
          db.createObjectStore("keys", { keyPath: "user" });
        }
      },
      blocked: () => reject(new Error("held back by an older page")),
      blocking(_version, _wanted, event) {
        event.target.close();
        letGo();
      },
      terminated: letGo,
    }).then(resolve, reject);
  });
  opened.catch(letGo); // whoever uses it hears of it; the next one tries anew
  return opened;
}

const of = (...key) => IDBKeyRange.bound(key, [...key, []]);

async function change(names, work) {
  const strict = { durability: "strict" };
  const transaction = (await database()).transaction(names, "readwrite", strict);
  const all = (name) => transaction.objectStore(name);
  await Promise.all([...(await work(all)), transaction.done]);
}

const rows = async (name, ...key) => (await database()).getAll(name, of(...key));

export const put = (name, row) => change([name], (all) => [all(name).put(row)]);

export const kept = (who) => rows("kept", who);
export const chunksOf = (who, key) => rows("chunks", who, key);
export const waiting = (who) => rows("outbox", who);
export const dropChunks = (who, key) =>
  change(["chunks"], (all) => [all("chunks").delete(of(who, key))]);

// The keys of all notes of a person.
export async function noteKeys(who) {
  const keys = await (await database()).getAllKeys("chunks", of(who));
  return [...new Set(keys.map(([, key]) => key))];
}

// The attempt, what was answered and the note go together, or none of them does.
export const remove = (who, key) =>
  change(["kept", "chunks"], (all) =>
    ["kept", "chunks"].map((name) => all(name).delete(of(who, key))),
  );

// Puts something into the outbox, behind all that is there and in the place of the row `replaces`,
// and takes `key`'s draft away with it. Resolves to its number, which no other row ever had.
export async function post(row, key, replaces = null) {
  const who = row.user;
  let number = 0;
  await change(["outbox", "kept"], async (all) => {
    const last = await all("outbox").openKeyCursor(of(who), "prev");
    number = Math.max((last?.key[1] ?? 0) + 1, Date.now());
    const gone = replaces ? [all("outbox").delete([who, replaces])] : [];
    return [...gone, all("outbox").put({ ...row, number }), all("kept").delete(of(who, key))];
  });
  return number;
}

// Once it has arrived: the row goes, and the note that went with it.
export const arrived = (who, number, key) =>
  change(["outbox", "chunks", "kept"], (all) => [
    all("outbox").delete([who, number]),
    all("chunks").delete(of(who, key)),
    all("kept").delete(of(who, key)),
  ]);

export const keyOf = async (who) => (await (await database()).get("keys", who))?.key;
export const keepKey = (who, key) => put("keys", { user: who, key });
export const dropKey = (who) => change(["keys"], (all) => [all("keys").delete(who)]);
// Everybody whose key is here.
export const people = async () => (await database()).getAllKeys("keys");

// Everybody of whom there is anything here, with a key or without.
export async function present() {
  const db = await database();
  const keys = await Promise.all(["keys", ...NAMES].map((name) => db.getAllKeys(name)));
  return [...new Set(keys.flat().map((key) => (Array.isArray(key) ? key[0] : key)))];
}

// Writes each plain row of a person anew as `sealed` makes it, unless it changed or went meanwhile;
// null takes it away.
export async function rewrite(who, sealed) {
  for (const name of NAMES)
    for (const row of (await rows(name, who)).filter((one) => !one.sealed)) {
      const fresh = await sealed(row);
      await change([name], async (all) => {
        const key = all(name).keyPath.map((part) => row[part]);
        const now = await all(name).get(key);
        if (!now || now.sealed || JSON.stringify(now.value) !== JSON.stringify(row.value))
          return [];
        return [fresh ? all(name).put(fresh) : all(name).delete(key)];
      });
    }
}
