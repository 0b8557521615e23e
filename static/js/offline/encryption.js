// What is kept on this phone is readable with a person's key only. The server hands it out to them;
// it lies here as a key that no script can read, until they sign out. Without it, rows stay as they
// are, sealed, until the same person signs in again.
import { keepKey, keyOf, rewrite, user } from "./store.js";

const encoder = new TextEncoder();
const keys = new Map(); // by person

// The key of a person that is here already, or null. Asks nobody.
export async function keyHere(who) {
  if (!keys.get(who)) keys.set(who, await keyOf(who));
  return keys.get(who) ?? null;
}

// Asks the server for the key of the person of this page where it is not here, and seals what was
// written before. Resolves to whether it is new here: what was sealed can be read again from now on.
export async function fetchKey() {
  const who = user();
  if (!crypto.subtle) return false; // an address without HTTPS: nothing can be sealed there
  if (await keyHere(who)) return false;
  const answer = await fetch("/phone-key", { method: "POST", headers: { "X-Rounds-User": who } });
  if (!answer.ok || answer.redirected) return false;
  const raw = await answer.arrayBuffer();
  const usages = ["encrypt", "decrypt"];
  await keepKey(who, await crypto.subtle.importKey("raw", raw, "AES-GCM", false, usages));
  await rewrite(who, seal);
  return true;
}

// A row with its `value` and `bytes` unreadable; as it is while its person has no key here.
export async function seal({ value, bytes, ...row }) {
  const key = await keyHere(row.user);
  if (!key) return { ...row, value, bytes };
  const text = encoder.encode(JSON.stringify(value ?? null));
  const sealed = await Promise.all([encrypt(key, text), bytes && encrypt(key, bytes)]);
  return { ...row, sealed };
}

// The rows that can be read now. One that was sealed with a key that nobody has any more is passed
// over, so that it holds up nothing.
export async function openAll(rows) {
  return (await Promise.all(rows.map(open))).filter(Boolean);
}

async function open({ sealed, ...row }) {
  if (!sealed) return row;
  const key = await keyHere(row.user);
  if (!key) return null;
  try {
    const [value, bytes] = await Promise.all(sealed.map((one) => one && decrypt(key, one)));
    return { ...row, value: JSON.parse(new TextDecoder().decode(value)), bytes };
  } catch {
    return null;
  }
}

async function encrypt(key, data) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
}

const decrypt = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

export const forgetKey = (who) => keys.delete(who);
