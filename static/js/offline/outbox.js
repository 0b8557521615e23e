// What was saved on this phone and has not arrived yet, in the order in which it was said.
import { fetchKey, keyHere, openAll, seal } from "./encryption.js";
import { arrived, post, put, user, waiting } from "./store.js";

// `to` is the address, `fields` [[name, text], ...], `client` whom it concerns, `label` what it is in
// words, `from` the page it was said on, `replaces` the number of an item that it puts right.
// Resolves to its number, once it is on the disk.
export async function add({ to, fields, client, label, from, replaces }, who = user()) {
  const key = fields.find(([name]) => name === "key")[1];
  const at = new Date().toISOString();
  if (!(await keyHere(who))) await fetchKey().catch(() => {}); // so that it does not lie open
  const row = { user: who, value: { key, to, fields, client, label, from, at } };
  return post(await seal(row), key, replaces);
}

// Everything that waits: [{ number, value }], the oldest first. `value.problem` is why the server did
// not take it: { status, words, seen }, in its words, and whether that was on the screen.
export const all = async (who = user()) => openAll(await waiting(who));

// The numbers of what cannot be read although the person's key is here.
export async function unreadable(who = user()) {
  if (!(await keyHere(who))) return [];
  const there = await waiting(who);
  const read = new Set((await openAll(there)).map(({ number }) => number));
  return there.map(({ number }) => number).filter((number) => !read.has(number));
}

export const noteProblem = async ({ number, value }, problem, who = user()) =>
  put("outbox", await seal({ user: who, number, value: { ...value, problem } }));

export const drop = ({ number, value }, who = user()) => arrived(who, number, value?.key ?? "");
