// What was begun and not yet logged, on this phone and for this person only. All of it is
// localStorage: it has to be written before the hand-off to the telephone, without waiting.

const prefix = (what) => `rounds:${document.body.dataset.user}:${what}:`;

function write(what, key, value) {
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

export function forget(key) {
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
