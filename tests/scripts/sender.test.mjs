// Sending the outbox: in which order, what each answer means, and one sender at a time.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { rowsOf } from "./support/database.mjs";
import { newPhone, offline, redirectedTo, script, server } from "./support/phone.mjs";

let outbox;
let sender;

const add = (key, client = "3") =>
  outbox.add({ to: `/${key}`, fields: [["key", key]], client, label: key, from: "/today" });
const sentTo = () => server.requests.map(({ address }) => address);
const keysLeft = async () => (await outbox.all()).map(({ value }) => value.key);
const results = (outcomes) => [...outcomes.values()].map(({ result }) => result);
const answerWith =
  (status, { headers, body = "" } = {}) =>
  () =>
    new Response(body, { status, headers });

beforeEach(async () => {
  newPhone();
  outbox = await script("offline/outbox.js");
  sender = await script("offline/sender.js");
});

test("everything is sent in the order of saving, and leaves the outbox", async () => {
  const number = await add("first");
  await add("second");
  server.answer = answerWith(201, { headers: { Location: "/clients/3" } });
  const outcomes = await sender.send();
  assert.deepEqual(sentTo(), ["/first", "/second"]);
  assert.deepEqual(outcomes.get(number), { result: sender.Result.SENT, location: "/clients/3" });
  assert.deepEqual(await keysLeft(), []);
});

test("a request says whose it is, when it happened, and whether a person waits", async () => {
  const number = await add("first");
  const [{ value }] = await outbox.all();
  server.answer = answerWith(503);
  await sender.send(number);
  await sender.send();
  const [awaited, background] = server.requests.map(({ headers }) => headers);
  assert.equal(awaited["X-Rounds-User"], "1");
  assert.equal(awaited["X-Rounds-Happened"], value.at);
  assert.ok(Date.parse(awaited["X-Rounds-Sent"]) >= Date.parse(value.at));
  assert.equal(awaited.Prefer, "return=minimal");
  assert.equal("X-Rounds-Background" in awaited, false);
  assert.equal(background["X-Rounds-Background"], "1");
});

test("without a network it stops at once, and keeps everything", async () => {
  await add("first", "3");
  await add("second", "4");
  server.answer = offline;
  assert.deepEqual(results(await sender.send()), [sender.Result.OFFLINE]);
  assert.deepEqual(sentTo(), ["/first"]);
  assert.deepEqual(await keysLeft(), ["first", "second"]);
});

test("an answer that takes too long is tried again, and other clients' items go on", async () => {
  await add("first", "3");
  await add("second", "4");
  server.answer = ({ address }) => {
    if (address === "/first") throw new DOMException("too long", "TimeoutError");
    return new Response("", { status: 201 });
  };
  const { RETRY, SENT } = sender.Result;
  assert.deepEqual(results(await sender.send()), [RETRY, SENT]);
  assert.deepEqual(await keysLeft(), ["first"]);
});

for (const [name, answer] of [
  ["401", answerWith(401)],
  ["a redirect to the sign-in", () => redirectedTo("/sign-in")],
])
  test(`${name} means signed out: it stops, and keeps everything`, async () => {
    await add("first", "3");
    await add("second", "4");
    server.answer = answer;
    assert.deepEqual(results(await sender.send()), [sender.Result.SIGNED_OUT]);
    assert.deepEqual(await keysLeft(), ["first", "second"]);
  });

for (const status of [200, 408, 425, 429, 500, 503])
  test(`${status} is tried again, before anything later of the same client`, async () => {
    await add("first", "3");
    await add("second", "3");
    await add("third", "4");
    server.answer = answerWith(status);
    const { RETRY } = sender.Result;
    assert.deepEqual(results(await sender.send()), [RETRY, RETRY]);
    assert.deepEqual(sentTo(), ["/first", "/third"]);
    assert.deepEqual(await keysLeft(), ["first", "second", "third"]);
  });

test("Retry-After is kept to, but for a person who waits", async (context) => {
  const number = await add("first");
  server.answer = answerWith(503, { headers: { "Retry-After": "60" } });
  await sender.send();
  assert.equal((await sender.send()).size, 0);
  assert.equal(server.requests.length, 1);
  await sender.send(number);
  assert.equal(server.requests.length, 2);
  const now = Date.now();
  context.mock.method(Date, "now", () => now + 61_000);
  await sender.send();
  assert.equal(server.requests.length, 3);
});

for (const [status, html] of [
  [422, "<form></form>"],
  [409, "<form></form>"],
  [413, ""],
  [404, ""],
])
  test(`${status} is a problem that is kept with the item`, async () => {
    const number = await add("first");
    const headers = { "X-Rounds-Problem": encodeURIComponent("Når?") };
    server.answer = answerWith(status, { headers, body: html || "an error page" });
    const outcomes = await sender.send(number);
    assert.deepEqual(outcomes.get(number), { result: sender.Result.PROBLEM, status, html });
    const [{ value }] = await outbox.all();
    assert.deepEqual(value.problem, { status, words: "Når?", seen: true });
  });

test("a refused item is not tried again unasked, and holds its client until it was seen", async () => {
  const first = await add("first", "3");
  await add("second", "3");
  await add("third", "4");
  server.answer = ({ address }) => new Response("", { status: address === "/first" ? 422 : 201 });
  const { PROBLEM, SENT } = sender.Result;
  assert.deepEqual(results(await sender.send()), [PROBLEM, SENT]);
  assert.deepEqual(sentTo(), ["/first", "/third"]);
  assert.deepEqual(results(await sender.send()), [PROBLEM]);
  assert.equal(server.requests.length, 2);
  await sender.send(first); // a person sees now why it was refused
  await sender.send();
  assert.deepEqual(sentTo(), ["/first", "/third", "/first", "/second"]);
  assert.deepEqual(await keysLeft(), ["first"]);
});

test("one sender at a time: another steps back, a person who waits gets their turn", async () => {
  const number = await add("first");
  let release;
  const answer = new Promise((resolve) => {
    release = () => resolve(new Response("", { status: 503 }));
  });
  let arrived;
  const requested = new Promise((resolve) => {
    arrived = resolve;
  });
  server.answer = () => {
    arrived();
    return answer;
  };
  const sending = sender.send();
  await requested;
  assert.equal((await sender.send()).size, 0);
  const awaited = sender.send(number);
  const idle = sender.senderIsIdle();
  server.answer = answerWith(201);
  release();
  assert.deepEqual(results(await sending), [sender.Result.RETRY]);
  assert.deepEqual(results(await awaited), [sender.Result.SENT]);
  await idle;
  assert.equal(server.requests.length, 2);
});

test("a spoken note goes along in one piece, and is gone with its item", async () => {
  const { append } = await script("offline/notes.js");
  await append("first", 0, new Blob(["one, "], { type: "audio/webm" }), 1);
  await append("first", 1, new Blob(["two"], { type: "audio/webm" }), 200);
  await add("first");
  await sender.send();
  const { audio, seconds } = server.requests[0].fields;
  assert.equal(await audio.text(), "one, two");
  assert.equal(audio.type, "audio/webm");
  assert.equal(seconds, "180");
  assert.deepEqual(rowsOf("chunks"), []);
});
