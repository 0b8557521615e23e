// The outbox: what was saved on this phone and has not reached the server, in the order of saving.
import { decryptRows, encryptRow, fetchKey, localKey } from "./encryption.js";
import { currentUser, deleteItem, enqueue, outboxRows, put } from "./store.js";

/**
 * Adds an item. The form's `key` makes sending it twice harmless (idempotency).
 * @param {Submission & { replaces?: number | null }} submission `replaces`: the item it repairs
 * @param {string} [userId]
 * @returns {Promise<number>} its number, once it is on the disk
 * @throws {DOMException} QuotaExceededError when the disk is full
 */
export async function add({ to, fields, client, label, from, replaces }, userId = currentUser()) {
  const key = fields.find(([name]) => name === "key")?.[1] ?? "";
  const at = new Date().toISOString();
  if (!(await localKey(userId))) await fetchKey().catch(() => {}); // or it would lie unencrypted
  const row = { user: userId, number: 0, value: { key, to, fields, client, label, from, at } };
  return enqueue(await encryptRow(row), key, replaces);
}

/** @type {(form: HTMLFormElement) => [name: string, text: string][]} what is typed and chosen in it */
export const textFields = (form) =>
  [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );

/** @type {(userId?: string) => Promise<OutboxItem[]>} every item that can be read, oldest first */
export const all = async (userId = currentUser()) => decryptRows(await outboxRows(userId));

/** @returns {Promise<number[]>} the items that cannot be read although the person's key is here */
export async function unreadable(userId = currentUser()) {
  if (!(await localKey(userId))) return [];
  const rows = await outboxRows(userId);
  const readable = new Set((await decryptRows(rows)).map(({ number }) => number));
  return rows.map(({ number }) => number).filter((number) => !readable.has(number));
}

/**
 * Keeps with an item why the server refused it.
 * @param {OutboxItem} item
 * @param {Problem} problem
 * @param {string} [userId]
 */
export const saveProblem = async ({ number, value }, problem, userId = currentUser()) =>
  put("outbox", await encryptRow({ user: userId, number, value: { ...value, problem } }));

/**
 * Deletes an item, and the draft and spoken note that went with it.
 * @param {{ number: number, value?: { key: string } }} item
 * @param {string} [userId]
 */
export const drop = ({ number, value }, userId = currentUser()) =>
  deleteItem(userId, number, value?.key ?? "");
