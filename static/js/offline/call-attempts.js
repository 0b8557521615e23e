// What was begun and not yet logged, on this phone and for this person only. All of it is
// localStorage: it has to be written before the hand-off to the telephone, without waiting. The
// browser brings that to the disk late, so the database gets a copy, for when the browser crashes.

const who = () => document.body.dataset.user;
const prefix = (what) => `rounds:${who()}:${what}:`;

const PATIENCE = 2000; // milliseconds; a database that never answers holds nothing up

const inTime = (work) =>
  Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

let loading;
const database = () =>
  (loading ??= Promise.all([import("./store.js"), import("./encryption.js")]).then(
    ([store, seal]) => ({
      ...store,
      ...seal,
    }),
  ));

let copied = Promise.resolve();

function write(what, key, value) {
  const stamped = { ...value, noted: Date.now() };
  note(what, key, stamped);
  const copy = async () => {
    const { put, seal } = await database();
    await put("kept", await seal({ user: who(), what, key, value: stamped }));
  };
  // One after the other, so that the last word stays the last. Where the browser keeps no database,
  // the first note has to do.
  copied = copied.then(copy).catch(() => {});
}

function note(what, key, value) {
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

// The same once more, when what was sealed can be read again.
export const recoverAgain = () => inTime(recover());

async function recover() {
  const { kept, openAll, waiting } = await database();
  const posted = new Set((await openAll(await waiting(who()))).map(({ value }) => value.key));
  for (const { what, key, value } of await openAll(await kept(who()))) {
    const here = read(what, key);
    const newer = !here || (here.noted ?? 0) < value.noted;
    if (newer && !posted.has(key)) note(what, key, value);
  }
}

// Resolves once the database has all that was noted, so that nothing comes after what is done next.
export const written = () => inTime(copied);

// The attempt, the answers and the note.
export async function forget(key) {
  await inTime(copied.then(database).then(({ remove }) => remove(who(), key)));
  forgetNotes(key);
}

// The quick notes only: what they say lies in the outbox by now.
export function forgetNotes(key) {
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
