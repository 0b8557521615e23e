// The outbox: what was saved on the phone and has not reached the server.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { failWith, rowsOf } from "./support/database.mjs";
import { newPhone, openPage, script, server } from "./support/phone.mjs";

let outbox;

const submission = (key, more = {}) => ({
  to: "/promises",
  fields: [
    ["key", key],
    ["words", "send the drawings"],
  ],
  client: "3",
  label: "A promise",
  from: "/today",
  ...more,
});

beforeEach(async () => {
  newPhone();
  outbox = await script("offline/outbox.js");
});

test("an item is kept with all that its form said, in the order of saving", async () => {
  const numbers = [await outbox.add(submission("first")), await outbox.add(submission("second"))];
  const items = await outbox.all();
  assert.deepEqual(
    items.map(({ number }) => number),
    numbers,
  );
  const { at, ...value } = items[0].value;
  assert.deepEqual(value, { ...submission("first"), key: "first" });
  assert.ok(Date.parse(at) <= Date.now());
});

test("an item is encrypted on the disk, also for a page that is opened later", async () => {
  await outbox.add(submission("first"));
  const [row] = rowsOf("outbox");
  assert.ok(row.sealed);
  assert.equal(row.value, undefined);
  openPage();
  const later = await script("offline/outbox.js");
  assert.equal((await later.all())[0].value.key, "first");
});

test("without a key it is kept as it is, and encrypted once the key has come", async () => {
  server.key = null;
  await outbox.add(submission("first"));
  assert.equal(rowsOf("outbox")[0].value.key, "first");
  server.key = new Uint8Array(32);
  const { fetchKey } = await script("offline/encryption.js");
  assert.equal(await fetchKey(), true);
  assert.equal(rowsOf("outbox")[0].value, undefined);
  assert.equal((await outbox.all())[0].value.key, "first");
});

test("what was encrypted with a key that is gone is named, and holds up nothing", async () => {
  const lost = await outbox.add(submission("lost"));
  const { deleteKey } = await script("offline/store.js");
  await deleteKey("1");
  server.key = new Uint8Array(32).fill(9);
  openPage();
  const later = await script("offline/outbox.js");
  const number = await later.add(submission("first"));
  assert.deepEqual(await later.unreadable(), [lost]);
  assert.deepEqual(
    (await later.all()).map((item) => item.number),
    [number],
  );
});

test("a number is never given twice, not even when the clock goes back", async (context) => {
  const first = await outbox.add(submission("first"));
  context.mock.method(Date, "now", () => first - 3_600_000);
  assert.ok((await outbox.add(submission("second"))) > first);
});

test("an item that repairs another takes its place", async () => {
  const refused = await outbox.add(submission("first"));
  const repaired = await outbox.add(submission("first", { label: "Repaired", replaces: refused }));
  const items = await outbox.all();
  assert.deepEqual(
    items.map(({ number, value }) => [number, value.label]),
    [[repaired, "Repaired"]],
  );
});

test("the draft goes when its form is in the outbox", async () => {
  const { put } = await script("offline/store.js");
  await put("kept", { user: "1", what: "draft", key: "first", value: {} });
  await put("kept", { user: "1", what: "draft", key: "second", value: {} });
  await outbox.add(submission("first"));
  assert.deepEqual(
    rowsOf("kept").map(({ key }) => key),
    ["second"],
  );
});

test("an item goes with its spoken note, and no other goes", async () => {
  const { append } = await script("offline/notes.js");
  for (const key of ["first", "second"]) {
    await append(key, 0, new Blob(["sound"]), 1);
    await outbox.add(submission(key));
  }
  await outbox.drop((await outbox.all())[0]);
  assert.deepEqual(
    (await outbox.all()).map(({ value }) => value.key),
    ["second"],
  );
  assert.deepEqual(
    rowsOf("chunks").map(({ key }) => key),
    ["second"],
  );
});

test("why it was refused is kept with the item", async () => {
  await outbox.add(submission("first"));
  const [item] = await outbox.all();
  const problem = { status: 422, words: "When is it due?", seen: true };
  await outbox.saveProblem(item, problem);
  const [{ number, value }] = await outbox.all();
  assert.equal(number, item.number);
  assert.deepEqual(value, { ...item.value, problem });
});

test("each person has an outbox of their own", async () => {
  await outbox.add(submission("first"), "1");
  await outbox.add(submission("second"), "2");
  assert.deepEqual(
    (await outbox.all("2")).map(({ value }) => value.key),
    ["second"],
  );
});

test("a full disk is not kept from who saves", async () => {
  await outbox.all();
  failWith(new DOMException("full", "QuotaExceededError"));
  await assert.rejects(outbox.add(submission("first")), { name: "QuotaExceededError" });
});
