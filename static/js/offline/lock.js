// Nothing of a person who left can be read on this phone: copies of pages go, and what waits to be
// sent stays, sealed, until they sign in again.
import { forget } from "./pages.js";
import { fetchKey, forgetKeys, seal } from "./seal.js";
import { dropKey, people, put, rewrite, user, workFor } from "./store.js";

const NOTE = /^rounds:([^:]+):(attempt|draft):(.+)$/;

// Of everybody but `stays`, who is signed in, if anybody is.
export async function lockAway(stays = null) {
  await forget(stays);
  const here = user();
  for (const person of await people()) {
    if (person === stays) continue;
    workFor(person);
    await sealNotes(person);
    await rewrite((row) => (row.sealed ? null : seal(row)));
    await dropKey(person);
  }
  workFor(here);
  forgetKeys();
}

// The quick notes of a person, which lie open, into the sealed rows.
async function sealNotes(person) {
  for (const name of Object.keys(localStorage)) {
    const [, whose, what, key] = NOTE.exec(name) ?? [];
    if (whose !== person) continue;
    await put("kept", await seal({ what, key, value: JSON.parse(localStorage.getItem(name)) }));
    localStorage.removeItem(name);
  }
}

// Before somebody signs out of their own accord: with a key, where one can still be had.
export async function lockAll() {
  await fetchKey().catch(() => {});
  await lockAway();
}
