// What was begun and not yet logged, on this phone and for this person only. All of it is
// localStorage: it has to be written before the hand-off to the telephone, without waiting. The
// browser brings that to the disk late, so the database gets a copy, for when the browser crashes.

const prefix = (what) => `rounds:${document.body.dataset.user}:${what}:`;

const PATIENCE = 2000; // milliseconds; a database that never answers holds nothing up

const inTime = (work) =>
  Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

let loading;
const store = () => (loading ??= import("./store.js"));

function write(what, key, value) {
  const stamped = { ...value, noted: Date.now() };
  put(what, key, stamped);
  store()
    .then(({ keep }) => keep(what, key, stamped))
    .catch(() => {}); // where the browser keeps no database, the first note has to do
}

function put(what, key, value) {
  try {
    localStorage.setItem(prefix(what) + key, JSON.stringify(value));
  } catch {
    // A full or closed store must never stand in the way of a call.
  }
}

function read(what, key) {
  try {
    return JSON.parse(localStorage.getItem(prefix(what) + key));
  } catch {
    return null;
  }
}

export const noteAttempt = (attempt) => write("attempt", attempt.key, attempt);
export const attemptOf = (key) => read("attempt", key);
export const noteDraft = (key, draft) => write("draft", key, draft);
export const draftOf = (key) => read("draft", key);

// All of them, the oldest first.
export function attempts() {
  const start = prefix("attempt");
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(start))
    .map((name) => attemptOf(name.slice(start.length)))
    .filter((attempt) => attempt?.key)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

let recovering;
// Resolves once what a crash of the browser took from here is back from the database.
export const recovered = () => (recovering ??= inTime(recover()));

async function recover() {
  const { kept } = await store();
  for (const { what, key, value } of await kept()) {
    const here = read(what, key);
    if (!here || (here.noted ?? 0) < value.noted) put(what, key, value);
  }
}

// The attempt, the answers and the note.
export async function forget(key) {
  await inTime(store().then(({ remove }) => remove(key)));
  for (const what of ["attempt", "draft"]) localStorage.removeItem(prefix(what) + key);
}

// Where it is asked how it went.
export function address({ key, client, contact, kind, direction, at, next }) {
  const asked = { key, client, contact, kind, direction, at, next_name: next };
  const given = Object.entries(asked).filter(([, value]) => value);
  return `/interactions/new?${new URLSearchParams(given)}`;
}

// Where to go once one is logged or dropped: to the next that is not, else to `otherwise`.
export function onward(otherwise) {
  const [next] = attempts();
  return next ? address(next) : otherwise;
}
