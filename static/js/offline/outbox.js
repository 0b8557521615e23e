// What was saved on this phone and has not arrived yet, in the order in which it was said.
import { openAll, seal } from "./seal.js";
import { arrived, post, put, waiting } from "./store.js";

// `to` is the address, `fields` [[name, text], ...], `client` whom it concerns, `label` what it is in
// words, `from` the page it was said on. Resolves to its number, once it is on the disk.
export async function add({ to, fields, client, label, from }) {
  const key = fields.find(([name]) => name === "key")[1];
  const at = new Date().toISOString();
  return post(await seal({ value: { key, to, fields, client, label, from, at } }), key);
}

// Everything that waits: [{ number, value }], the oldest first. `value.problem` is why the server did
// not take it: { status }.
export const all = async () => openAll(await waiting());

export const noteProblem = async ({ number, value }, problem) =>
  put("outbox", await seal({ number, value: { ...value, problem } }));

export const drop = ({ number, value }) => arrived(number, value.key);
