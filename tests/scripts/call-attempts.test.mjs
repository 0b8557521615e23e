// Calls that were begun and not logged yet: written at once, recovered after a crash of the browser.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { failWith, hang, reset, rowsOf } from "./support/database.mjs";
import { newPhone, openPage, script } from "./support/phone.mjs";

let calls;

const attempt = (key, minute = 0) => ({
  key,
  client: "3",
  contact: "5",
  kind: "call",
  name: "Dana",
  at: `2030-01-07T09:0${minute}:00.000Z`,
});
const keys = (attempts) => attempts.map(({ key }) => key);

async function reload() {
  openPage();
  calls = await script("offline/call-attempts.js");
}

/** The browser crashes before localStorage has reached the disk. */
async function crash() {
  await calls.written();
  for (const name of Object.keys(localStorage)) localStorage.removeItem(name);
  await reload();
}

beforeEach(async () => {
  newPhone();
  calls = await script("offline/call-attempts.js");
});

// What a page still writes into the database must not reach the next test.
afterEach(async () => {
  reset();
  await calls.written();
});

test("an attempt is written before the telephone takes over, without waiting", () => {
  calls.saveAttempt(attempt("first"));
  assert.equal(calls.attemptOf("first").name, "Dana");
});

test("attempts come oldest first, and only those of the person of the page", () => {
  calls.saveAttempt(attempt("second", 2));
  calls.saveAttempt(attempt("first", 1));
  assert.deepEqual(keys(calls.attempts()), ["first", "second"]);
  document.body.dataset.user = "2";
  assert.deepEqual(calls.attempts(), []);
});

test("a full or damaged localStorage never stands in the way of a call", (context) => {
  localStorage.setItem("rounds:1:attempt:damaged", "{");
  assert.deepEqual(calls.attempts(), []);
  context.mock.method(localStorage, "setItem", () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  calls.saveAttempt(attempt("first"));
});

test("after a crash the attempt and its draft come back", async () => {
  calls.saveAttempt(attempt("first"));
  calls.saveDraft("first", { note: ["send the drawings"] });
  await crash();
  assert.deepEqual(calls.attempts(), []);
  await calls.recovered();
  assert.deepEqual(keys(calls.attempts()), ["first"]);
  assert.deepEqual(calls.draftOf("first").note, ["send the drawings"]);
});

test("what lies in the database is encrypted once the key is here", async () => {
  const { fetchKey } = await script("offline/encryption.js");
  await fetchKey();
  calls.saveAttempt(attempt("first"));
  await calls.written();
  assert.ok(rowsOf("kept")[0].sealed);
  await crash();
  await calls.recovered();
  assert.deepEqual(keys(calls.attempts()), ["first"]);
});

test("the later of two drafts stays, wherever it lies", async (context) => {
  const now = context.mock.method(Date, "now", () => 2000);
  calls.saveDraft("first", { note: ["in both"] });
  await calls.written();
  const name = "rounds:1:draft:first";
  localStorage.setItem(name, JSON.stringify({ note: ["earlier"], noted: 1000 }));
  await reload();
  await calls.recovered();
  assert.deepEqual(calls.draftOf("first").note, ["in both"]);
  localStorage.setItem(name, JSON.stringify({ note: ["later"], noted: 3000 }));
  await calls.recoverAgain();
  assert.deepEqual(calls.draftOf("first").note, ["later"]);
  assert.ok(now.mock.callCount() > 0);
});

test("what is in the outbox already does not come back", async () => {
  calls.saveAttempt(attempt("first"));
  await calls.written();
  const outbox = await script("offline/outbox.js");
  const fields = [["key", "first"]];
  await outbox.add({ to: "/interactions", fields, client: "3", label: "A call", from: "/today" });
  const { put } = await script("offline/store.js");
  await put("kept", { user: "1", what: "attempt", key: "first", value: attempt("first") });
  await crash();
  await calls.recovered();
  assert.deepEqual(calls.attempts(), []);
});

test("without a database localStorage serves alone", async () => {
  failWith(new DOMException("private", "InvalidStateError"));
  calls.saveAttempt(attempt("first"));
  await calls.written();
  assert.deepEqual(keys(calls.attempts()), ["first"]);
});

test("a database that never answers holds nothing up", async (context) => {
  context.mock.method(globalThis, "setTimeout", (callback) => queueMicrotask(callback));
  hang();
  calls.saveAttempt(attempt("first"));
  await calls.written();
  await calls.recovered();
  await calls.forget("first");
  assert.deepEqual(calls.attempts(), []);
});

test("an attempt is forgotten with its draft and spoken note, here and in the database", async () => {
  const { append } = await script("offline/notes.js");
  for (const key of ["first", "second"]) {
    calls.saveAttempt(attempt(key));
    await append(key, 0, new Blob(["sound"]), 1);
  }
  calls.saveDraft("first", { note: ["no"] });
  await calls.forget("first");
  assert.equal(calls.draftOf("first"), null);
  assert.deepEqual(keys(calls.attempts()), ["second"]);
  assert.deepEqual([...keys(rowsOf("kept")), ...keys(rowsOf("chunks"))], ["second", "second"]);
});

test("what lies in the outbox by now is forgotten here only", async () => {
  calls.saveAttempt(attempt("first"));
  await calls.written();
  calls.forgetHere("first");
  assert.deepEqual(calls.attempts(), []);
  assert.deepEqual(keys(rowsOf("kept")), ["first"]);
});

test("the question's address says what is known of the attempt, and nothing else", () => {
  const address = new URL(calls.questionAddress({ ...attempt("first"), next: "Ole" }), "http://x");
  assert.equal(address.pathname, "/interactions/new");
  assert.deepEqual(Object.fromEntries(address.searchParams), {
    key: "first",
    client: "3",
    contact: "5",
    kind: "call",
    at: "2030-01-07T09:00:00.000Z",
    next_name: "Ole",
  });
});

test("a letter that was handed off is asked about on its own page, under its key", () => {
  const letter = { ...attempt("first"), page: "/contacts/5/update?next=%2Ftoday" };
  assert.equal(calls.questionAddress(letter), "/contacts/5/update?next=%2Ftoday&key=first");
});

test("saving leads to the next open attempt, else to where it would", () => {
  assert.equal(calls.nextAddress("/today"), "/today");
  calls.saveAttempt(attempt("first"));
  assert.match(calls.nextAddress("/today"), /^\/interactions\/new\?key=first&/);
});
