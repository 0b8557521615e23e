// Wipes this phone of everybody who is not signed in: copies of pages go, and what waits to be sent
// stays, encrypted, until they sign in again. What cannot be encrypted goes: it would lie readable.
import { PUSH_POSTED } from "../notices/posted.js";
import { encryptRow, fetchKey, forgetKey, localKey } from "./encryption.js";
import { forgetPlace } from "./list-place.js";
import { deleteCopies } from "./pages.js";
import { currentUser, deleteKey, knownUsers, put, rewrite } from "./store.js";

const KEPT = /^rounds:([^:]+):(attempt|draft):(.+)$/;

/**
 * Wipes everything of everybody but `stays`, who is signed in, if anybody is.
 * @param {string | null} [stays]
 */
export async function wipe(stays = null) {
  if (stays === null) {
    // Their notifications ended with the session: the next sign-in tells the server of them anew.
    sessionStorage.removeItem(PUSH_POSTED);
    await clearScreen();
  }
  await deleteCopies(stays);
  const kept = localNames().flatMap((name) => KEPT.exec(name)?.[1] ?? []);
  for (const userId of new Set([...kept, ...(await knownUsers())]))
    if (userId !== stays) await wipeUser(userId);
}

/** Takes their notifications and the badge off the screen, and what they searched for: those name clients. */
async function clearScreen() {
  forgetPlace();
  try {
    await navigator.clearAppBadge?.();
    const registration = await navigator.serviceWorker?.getRegistration();
    for (const notification of (await registration?.getNotifications?.()) ?? [])
      notification.close();
  } catch {
    // A browser that refuses has shown none.
  }
}

/** @param {string} userId */
async function wipeUser(userId) {
  const key = await localKey(userId);
  await moveToDatabase(userId, key);
  await rewrite(userId, key ? encryptRow : () => null);
  await deleteKey(userId);
  forgetKey(userId);
}

/**
 * Moves the attempts and drafts in localStorage, which are readable, into encrypted rows; without a
 * key it deletes them.
 * @param {string} userId
 * @param {CryptoKey | null} cryptoKey
 */
async function moveToDatabase(userId, cryptoKey) {
  for (const name of localNames()) {
    const [, owner, what, key] = KEPT.exec(name) ?? [];
    if (owner !== userId) continue;
    const value = JSON.parse(localStorage.getItem(name) ?? "null");
    const row = { user: userId, what: /** @type {KeptKind} */ (what), key, value };
    if (cryptoKey) await put("kept", await encryptRow(row));
    localStorage.removeItem(name);
  }
}

const localNames = () => Object.keys(globalThis.localStorage ?? {});

/**
 * Asks for the key once more, before a person signs out of their own accord.
 * @returns {Promise<boolean>} whether what they wrote can be encrypted
 */
export async function canEncrypt() {
  await fetchKey().catch(() => {});
  return Boolean(await localKey(currentUser()));
}
