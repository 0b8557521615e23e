// Nothing of a person who left can be read on this phone: copies of pages go, and what waits to be
// sent stays, sealed, until they sign in again. What cannot be sealed goes: it would lie open.

import { fetchKey, forgetKey, keyHere, seal } from "./encryption.js";
import { forget } from "./pages.js";
import { dropKey, present, put, rewrite, user } from "./store.js";

const NOTE = /^rounds:([^:]+):(attempt|draft):(.+)$/;

// Of everybody but `stays`, who is signed in, if anybody is.
export async function lockAway(stays = null) {
  await forget(stays);
  const noted = Object.keys(globalThis.localStorage ?? {}).map((name) => NOTE.exec(name)?.[1]);
  for (const who of new Set([...noted.filter(Boolean), ...(await present())]))
    if (who !== stays) await lockOne(who);
}

async function lockOne(who) {
  const key = await keyHere(who);
  await sealNotes(who, key);
  await rewrite(who, key ? seal : () => null);
  await dropKey(who);
  forgetKey(who);
}

// The quick notes of a person, which lie open, into the sealed rows.
async function sealNotes(who, key) {
  for (const name of Object.keys(globalThis.localStorage ?? {})) {
    const [, whose, what, of] = NOTE.exec(name) ?? [];
    if (whose !== who) continue;
    const value = JSON.parse(localStorage.getItem(name));
    if (key) await put("kept", await seal({ user: who, what, key: of, value }));
    localStorage.removeItem(name);
  }
}

// Before somebody signs out of their own accord: with a key, where one can still be had. Resolves to
// whether what they said can be sealed.
export async function canSeal() {
  await fetchKey().catch(() => {});
  return Boolean(await keyHere(user()));
}
