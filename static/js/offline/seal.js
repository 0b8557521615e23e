// What is kept on this phone is readable with a person's key only. The server hands it out to them;
// it lies here as a key that no script can read, until they sign out. Without it, rows stay as they
// are, sealed, until the same person signs in again.
import { keepKey, keyOf, rewrite, user } from "./store.js";

const encoder = new TextEncoder();
const keys = new Map(); // by person

// The key that is here already, or null. Asks nobody.
async function present() {
  if (!keys.get(user())) keys.set(user(), await keyOf(user()));
  return keys.get(user()) ?? null;
}

// Asks the server where it is not here, and seals what was written before. Resolves to whether it is
// new here: what was sealed can be read again from now on.
export async function fetchKey() {
  if (!crypto.subtle) return false; // an address without HTTPS: nothing can be sealed there
  if (await present()) return false;
  const answer = await fetch("/phone-key", { method: "POST" });
  if (!answer.ok || answer.redirected) return false;
  const raw = await answer.arrayBuffer();
  const usages = ["encrypt", "decrypt"];
  await keepKey(await crypto.subtle.importKey("raw", raw, "AES-GCM", false, usages));
  await rewrite((row) => (row.sealed ? null : seal(row)));
  return true;
}

// A row with its `value` and `bytes` unreadable; as it is while there is no key.
export async function seal({ value, bytes, ...row }) {
  const key = await present();
  if (!key) return { ...row, value, bytes };
  const text = encoder.encode(JSON.stringify(value ?? null));
  const sealed = await Promise.all([encrypt(key, text), bytes && encrypt(key, bytes)]);
  return { ...row, sealed };
}

// The row again, or null where it cannot be read now.
export async function open({ sealed, ...row }) {
  if (!sealed) return row;
  const key = await present();
  if (!key) return null;
  const [value, bytes] = await Promise.all(sealed.map((one) => one && decrypt(key, one)));
  return { ...row, value: JSON.parse(new TextDecoder().decode(value)), bytes };
}

export async function openAll(rows) {
  return (await Promise.all(rows.map(open))).filter(Boolean);
}

async function encrypt(key, data) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
}

const decrypt = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

export const forgetKeys = () => keys.clear();
