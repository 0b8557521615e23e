// Encrypts what lies on this phone with a key of the person (AES-GCM). The server hands the key out to
// them; here it is not extractable, and it is deleted at sign-out. Without it, rows stay as they are,
// encrypted, until the same person signs in again.
import { currentUser, keyOf, rewrite, saveKey } from "./store.js";

const encoder = new TextEncoder();
/** By person. @type {Map<string, CryptoKey | undefined>} */
const keys = new Map();

/** @type {(userId: string) => Promise<CryptoKey | null>} the key, if it is here; no request is made */
export async function localKey(userId) {
  if (!keys.get(userId)) keys.set(userId, await keyOf(userId));
  return keys.get(userId) ?? null;
}

/**
 * Fetches the key of this page's person where it is not here, and encrypts what was written before.
 * @returns {Promise<boolean>} whether it is new here, so that more rows can be read from now on
 * @throws {TypeError} without a network
 */
export async function fetchKey() {
  const userId = currentUser();
  if (!crypto.subtle) return false; // an address without HTTPS: nothing can be encrypted there
  if (await localKey(userId)) return false;
  const headers = { "X-Rounds-User": userId };
  const answer = await fetch("/phone-key", { method: "POST", headers });
  if (!answer.ok || answer.redirected) return false;
  const raw = await answer.arrayBuffer();
  await saveKey(
    userId,
    await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]),
  );
  await rewrite(userId, encryptRow);
  return true;
}

/**
 * Encrypts a row's `value` and `bytes`; leaves it as it is while its person has no key here.
 * @template {PlainRow} Row
 * @param {Row} row
 * @returns {Promise<StoredRow<Row>>}
 */
export async function encryptRow(row) {
  const { value, bytes, ...rest } = row;
  const key = await localKey(row.user);
  if (!key) return row;
  const text = encoder.encode(JSON.stringify(value ?? null));
  const sealed = await Promise.all([encrypt(key, text), bytes && encrypt(key, bytes)]);
  return { ...rest, sealed };
}

/**
 * Decrypts the rows that can be read now. One that was encrypted with a key that is gone is left out,
 * so that it holds up nothing.
 * @template {PlainRow} Row
 * @param {StoredRow<Row>[]} rows
 * @returns {Promise<Row[]>}
 */
export async function decryptRows(rows) {
  const opened = await Promise.all(rows.map((row) => decryptRow(row)));
  return opened.filter((row) => row !== null);
}

/**
 * @template {PlainRow} Row
 * @param {StoredRow<Row>} row
 * @returns {Promise<Row | null>}
 */
async function decryptRow({ sealed, ...row }) {
  if (!sealed) return /** @type {Row} */ (/** @type {unknown} */ (row));
  const key = await localKey(row.user);
  if (!key) return null;
  try {
    const [value, bytes] = await Promise.all(sealed.map((part) => part && decrypt(key, part)));
    const content = { value: JSON.parse(new TextDecoder().decode(value)), bytes };
    return /** @type {Row} */ (/** @type {unknown} */ ({ ...row, ...content }));
  } catch {
    return null;
  }
}

/** @type {(key: CryptoKey, data: BufferSource) => Promise<Ciphertext>} */
async function encrypt(key, data) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
}

/** @type {(key: CryptoKey, part: Ciphertext) => Promise<ArrayBuffer>} */
const decrypt = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

export const forgetKey = (/** @type {string} */ userId) => keys.delete(userId);
