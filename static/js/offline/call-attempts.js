// Calls that were begun and not logged yet, and drafts of their forms: on this phone, for this person
// only. They lie in localStorage, which is written synchronously: the telephone may take over at any
// moment. The browser flushes it late, so the database gets a copy, for when the browser crashes.

const userId = () => document.body.dataset.user ?? "";
const prefix = (/** @type {KeptKind} */ kind) => `rounds:${userId()}:${kind}:`;

const TIMEOUT = 2000; // milliseconds; a database that never answers holds nothing up

const inTime = (/** @type {Promise<unknown>} */ work) =>
  Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, TIMEOUT))]);

const load = async () => {
  const modules = await Promise.all([import("./store.js"), import("./encryption.js")]);
  return { ...modules[0], ...modules[1] };
};
/** @type {ReturnType<typeof load> | undefined} */
let loading;
const database = () => (loading ??= load()); // not before the page can be used

/** @type {Promise<unknown>} */
let copied = Promise.resolve();

/** @type {(kind: KeptKind, key: string, value: Attempt | FormValues) => void} */
function write(kind, key, value) {
  const stamped = { ...value, noted: Date.now() };
  writeHere(kind, key, stamped);
  const copy = async () => {
    const { put, encryptRow } = await database();
    /** @type {KeptRow} */
    const row = { user: userId(), what: kind, key, value: stamped };
    await put("kept", await encryptRow(row));
  };
  // In turn, so that the last write wins. A browser without a database has localStorage alone.
  copied = copied.then(copy).catch(() => {});
}

/** @type {(kind: KeptKind, key: string, value: object) => void} */
function writeHere(kind, key, value) {
  try {
    localStorage.setItem(prefix(kind) + key, JSON.stringify(value));
  } catch {
    // A full or closed store must never stand in the way of a call.
  }
}

/** @type {(kind: KeptKind, key: string) => any} what was stored, as its caller wrote it, or null */
function read(kind, key) {
  try {
    return JSON.parse(localStorage.getItem(prefix(kind) + key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Attempt} attempt */
export const saveAttempt = (attempt) => write("attempt", attempt.key, attempt);
/**
 * The person wants to be asked later: from now on only the list reminds of it.
 * @param {string} key
 */
export function putOffAttempt(key) {
  const attempt = attemptOf(key);
  if (attempt) saveAttempt({ ...attempt, later: true });
}
/** @type {(key: string) => Attempt | null} */
export const attemptOf = (key) => read("attempt", key);
/** @type {(key: string, draft: FormValues) => void} */
export const saveDraft = (key, draft) => write("draft", key, draft);
/** @type {(key: string) => FormValues | null} */
export const draftOf = (key) => read("draft", key);

/** @returns {Attempt[]} all of them, oldest first */
export function attempts() {
  const start = prefix("attempt");
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(start))
    .flatMap((name) => attemptOf(name.slice(start.length)) ?? [])
    .filter(({ key }) => key)
    .sort((earlier, later) => Date.parse(earlier.at) - Date.parse(later.at));
}

/** @type {Promise<unknown> | undefined} */
let recovering;
/** Resolves once what a crash of the browser took from here is back from the database. */
export const recovered = () => (recovering ??= inTime(recover()));

/** The same once more, when encrypted rows have become readable. */
export const recoverAgain = () => inTime(recover());

async function recover() {
  const { keptRows, decryptRows, outboxRows } = await database();
  const queued = new Set((await decryptRows(await outboxRows(userId()))).map(keyOfItem));
  for (const { what, key, value } of await decryptRows(await keptRows(userId()))) {
    const here = read(what, key);
    const newer = !here || (here.noted ?? 0) < (value.noted ?? 0);
    if (newer && !queued.has(key)) writeHere(what, key, value);
  }
}

const keyOfItem = (/** @type {OutboxItem} */ { value }) => value.key;

/** Resolves once the database has every write, so that none comes after what is done next. */
export const written = () => inTime(copied);

/**
 * Deletes the attempt, its draft and its spoken note.
 * @param {string} key
 */
export async function forget(key) {
  await inTime(copied.then(database).then(({ remove }) => remove(userId(), key)));
  forgetHere(key);
}

/**
 * Deletes the attempt and its draft from localStorage only: what they say lies in the outbox by now.
 * @param {string} key
 */
export function forgetHere(key) {
  for (const kind of /** @type {const} */ (["attempt", "draft"]))
    localStorage.removeItem(prefix(kind) + key);
}

/** @type {(attempt: Attempt) => string} the address of the page that asks how it went */
export function questionAddress({ key, client, contact, kind, direction, at, next, page }) {
  if (page) return `${page}&${new URLSearchParams({ key })}`;
  const asked = { key, client, contact, kind, direction, at, next_name: next };
  const known = Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/interactions/new?${new URLSearchParams(known)}`;
}

/**
 * The question about the next open attempt that was not put off, else `otherwise`.
 * @type {(otherwise: string) => string}
 */
export function nextAddress(otherwise) {
  const attempt = attempts().find(({ later }) => !later);
  return attempt ? questionAddress(attempt) : otherwise;
}
