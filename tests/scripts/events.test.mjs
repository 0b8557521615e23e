// The events by which the scripts of a page tell each other what happened.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPhone, script } from "./support/phone.mjs";

beforeEach(() => newPhone());

test("a listener gets what was sent with the event, at its own target only", async () => {
  const { AppEvent, emit, listen } = await script("events.js");
  const [form, received] = [new EventTarget(), []];
  listen(AppEvent.OUTBOX_CHANGED, (items) => received.push(items));
  listen(AppEvent.RECORDER_FINISH, (running) => running.push("stopped"), form);
  const running = [];
  emit(AppEvent.OUTBOX_CHANGED, []);
  emit(AppEvent.RECORDER_FINISH, running, form);
  emit(AppEvent.RECORDER_FINISH, received);
  assert.deepEqual(received, [[]]);
  assert.deepEqual(running, ["stopped"]);
});

test("names of events and results cannot be changed", async () => {
  const [{ AppEvent }, { Result }] = [await script("events.js"), await script("offline/sender.js")];
  assert.ok(Object.isFrozen(AppEvent));
  assert.ok(Object.isFrozen(Result));
});
