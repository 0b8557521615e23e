// The database of this phone (IndexedDB), flushed to the disk with every write: a browser that crashes
// loses nothing of it. Every row belongs to a person, whom the caller names: a page works for one, the
// worker for several. What they wrote is encrypted (encryption.js). Functions reject where the browser
// has no database to give: in private windows, on a full disk.
import { openDB } from "../../vendor/idb@8.0.4/index.js";

/** @import { Name, Tables, Transaction } from "../../vendor/idb@8.0.4/index.js" */
/** @typedef {Exclude<Name, "keys">} Contents */

/** @type {Contents[]} */
const CONTENTS = ["kept", "chunks", "outbox"];
const VERSION = 3;

/** @returns {string} the person of the page; the worker has none, and names them itself */
export const currentUser = () => /** @type {string} */ (globalThis.document?.body.dataset.user);

/** @type {ReturnType<typeof open> | null} */
let opening = null;
const database = () => (opening ??= open());
const openAnew = () => {
  opening = null;
};

/** @returns {ReturnType<typeof openDB>} rejects where a page of an older release holds the database */
function open() {
  const opened = new Promise((resolve, reject) => {
    openDB("rounds", VERSION, {
      upgrade(db, oldVersion) {
        if (oldVersion < 1) db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
        if (oldVersion < 2) db.createObjectStore("kept", { keyPath: ["user", "key", "what"] });
        if (oldVersion < 3) {
          db.createObjectStore("outbox", { keyPath: ["user", "number"] });
          db.createObjectStore("keys", { keyPath: "user" });
        }
      },
      blocked: () => reject(new Error("held back by an older page")), // better than to wait for it
      blocking(_version, _wanted, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        openAnew();
      },
      terminated: openAnew,
    }).then(resolve, reject);
  });
  opened.catch(openAnew); // the caller hears of it; the next caller tries again
  return opened;
}

/** @type {(...key: IDBValidKey[]) => IDBKeyRange} every key that begins so */
const startingWith = (...key) => IDBKeyRange.bound(key, [...key, []]);

/**
 * Does `work` in one transaction, and resolves once it is on the disk.
 * @param {Name[]} names
 * @param {(table: Transaction["objectStore"]) => Promise<unknown>[] | Promise<Promise<unknown>[]>} work
 */
async function change(names, work) {
  const options = /** @type {const} */ ({ durability: "strict" });
  const transaction = (await database()).transaction(names, "readwrite", options);
  const requests = await work((name) => transaction.objectStore(name));
  await Promise.all([...requests, transaction.done]);
}

/**
 * @template {Name} N
 * @param {N} name
 * @param {...string} key
 */
const rows = async (name, ...key) => (await database()).getAll(name, startingWith(...key));

/**
 * Inserts a row, or replaces the one with its key.
 * @template {Name} N
 * @param {N} name
 * @param {Tables[N]} row
 */
export const put = (name, row) => change([name], (table) => [table(name).put(row)]);

export const keptRows = (/** @type {string} */ userId) => rows("kept", userId);
/** @type {(userId: string, key: string) => Promise<StoredRow<ChunkRow>[]>} */
export const chunkRows = (userId, key) => rows("chunks", userId, key);
export const outboxRows = (/** @type {string} */ userId) => rows("outbox", userId);
/** @type {(userId: string, key: string) => Promise<void>} */
export const deleteChunks = (userId, key) =>
  change(["chunks"], (table) => [table("chunks").delete(startingWith(userId, key))]);

/** @type {(userId: string) => Promise<string[]>} the keys of all spoken notes of a person */
export async function noteKeys(userId) {
  const keys = await (await database()).getAllKeys("chunks", startingWith(userId));
  return [...new Set(keys.map(([, key]) => key))];
}

/**
 * Deletes attempt, draft and spoken note together, or none of them.
 * @type {(userId: string, key: string) => Promise<void>}
 */
export const remove = (userId, key) =>
  change(["kept", "chunks"], (table) => [
    table("kept").delete(startingWith(userId, key)),
    table("chunks").delete(startingWith(userId, key)),
  ]);

/**
 * Appends a row to the outbox and deletes the draft it was written from.
 * @param {StoredRow<OutboxItem>} row
 * @param {string} key the draft's
 * @param {number | null} [replaces] a row that this one takes the place of
 * @returns {Promise<number>} its number, greater than any that was ever given
 */
export async function enqueue(row, key, replaces = null) {
  const userId = row.user;
  let number = 0;
  await change(["outbox", "kept"], async (table) => {
    const last = await table("outbox").openKeyCursor(startingWith(userId), "prev");
    number = Math.max((last?.key[1] ?? 0) + 1, Date.now());
    return [
      ...(replaces ? [table("outbox").delete([userId, replaces])] : []),
      table("outbox").put({ ...row, number }),
      table("kept").delete(startingWith(userId, key)),
    ];
  });
  return number;
}

/**
 * Deletes a row of the outbox, and the draft and spoken note that went with it.
 * @type {(userId: string, number: number, key: string) => Promise<void>}
 */
export const deleteItem = (userId, number, key) =>
  change(["outbox", "chunks", "kept"], (table) => [
    table("outbox").delete([userId, number]),
    table("chunks").delete(startingWith(userId, key)),
    table("kept").delete(startingWith(userId, key)),
  ]);

/** @type {(userId: string) => Promise<CryptoKey | undefined>} */
export const keyOf = async (userId) => (await (await database()).get("keys", userId))?.key;
/** @type {(userId: string, key: CryptoKey) => Promise<void>} */
export const saveKey = (userId, key) => put("keys", { user: userId, key });
/** @type {(userId: string) => Promise<void>} */
export const deleteKey = (userId) => change(["keys"], (table) => [table("keys").delete(userId)]);

/** @returns {Promise<string[]>} everybody whose key is here */
export const usersWithKey = async () => (await database()).getAllKeys("keys");

/** @returns {Promise<string[]>} everybody of whom there is anything here, with a key or without */
export async function knownUsers() {
  const db = await database();
  /** @type {Name[]} */
  const names = ["keys", ...CONTENTS];
  const keys = await Promise.all(names.map((name) => db.getAllKeys(name)));
  return [...new Set(keys.flat().map((key) => (Array.isArray(key) ? key[0] : key)))];
}

/**
 * Replaces each unencrypted row of a person by what `encrypt` makes of it, unless it was changed or
 * deleted meanwhile. Where that is null the row is deleted.
 * @param {string} userId
 * @param {(row: PlainRow) => Promise<StoredRow<PlainRow>> | null} encrypt
 */
export async function rewrite(userId, encrypt) {
  for (const name of CONTENTS)
    for (const row of await rows(name, userId))
      if (!row.sealed) await replace(name, row, await encrypt(row));
}

/** @type {(name: Contents, row: PlainRow, fresh: StoredRow<PlainRow> | null) => Promise<void>} */
async function replace(name, row, fresh) {
  await change([name], async (table) => {
    const parts = new Map(Object.entries(row));
    const key = table(name).keyPath.map((part) => parts.get(part));
    const now = await table(name).get(key);
    if (!now || now.sealed || JSON.stringify(now.value) !== JSON.stringify(row.value)) return [];
    return [
      fresh ? table(name).put(/** @type {Tables[Contents]} */ (fresh)) : table(name).delete(key),
    ];
  });
}
