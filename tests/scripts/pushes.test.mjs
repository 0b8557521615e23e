// What the worker shows for whatever a push brings, what it tells the server, and where a tap leads.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPhone, offline, script, server } from "./support/phone.mjs";

const ORIGIN = "https://rounds.example";
const PLAIN = ["Rounds", "Open your list"];
const OURS = {
  id: 7,
  title: "In 5 minutes: Dana",
  body: "Booked for 10:00",
  url: "/clients/3",
  tag: "booking-7",
  badge: 3,
  actions: [
    { name: "call", title: "Call", url: "/clients/3" },
    { name: "hour", title: "In an hour", url: "/clients/3" },
    { name: "tomorrow", title: "Not today", url: "/clients/3" },
  ],
};
const DECLARATIVE = {
  web_push: 8030,
  notification: {
    title: "In 5 minutes: Dana",
    body: "Booked for 10:00",
    navigate: `${ORIGIN}/clients/3?notice=7`,
    tag: "booking-7",
    app_badge: "3",
    actions: [{ action: "call", title: "Call", navigate: `${ORIGIN}/clients/3?notice=7` }],
  },
};

let shown; // what is on the screen, by tag
let calls; // what the browser was asked for, in order
let windows;
let pushes;

const json = (value) => ({ json: () => JSON.parse(JSON.stringify(value)) });
const notJson = (words) => ({ json: () => JSON.parse(words) });

const registration = {
  pushManager: { getSubscription: async () => ({ endpoint: "https://push.example/1" }) },
  getNotifications: async ({ tag }) => [...shown.values()].filter((each) => each.tag === tag),
  async showNotification(title, options) {
    if (options.renotify && options.silent) throw new TypeError("renotify and silent");
    if (registration.fails-- > 0) throw new TypeError("not like this");
    calls.push(["show", title]);
    shown.set(options.tag, { title, close: () => calls.push(["close"]), ...options });
  },
};

beforeEach(async () => {
  newPhone();
  shown = new Map();
  calls = [];
  windows = [];
  registration.fails = 0;
  globalThis.location = new URL(`${ORIGIN}/service-worker.js`);
  globalThis.Notification = { maxActions: 2 };
  navigator.setAppBadge = async (badge) => calls.push(["badge", badge]);
  navigator.clearAppBadge = async () => calls.push(["badge", 0]);
  globalThis.self = {
    location: globalThis.location,
    registration,
    words: { title: PLAIN[0], body: PLAIN[1] },
    clients: {
      matchAll: async () => windows,
      openWindow: async (address) => calls.push(["open", address]),
    },
  };
  pushes = await script("worker/pushes.js");
});

const only = () => {
  assert.equal(shown.size, 1);
  return [...shown.values()][0];
};

for (const [shape, payload] of Object.entries({ ours: OURS, declarative: DECLARATIVE }))
  test(`a push in the shape ${shape} is shown with all it says`, async () => {
    await pushes.show(json(payload));
    const { title, body, tag, data, renotify } = only();
    assert.deepEqual([title, body, tag], ["In 5 minutes: Dana", "Booked for 10:00", "booking-7"]);
    assert.match(data.url, /^\/clients\/3/);
    assert.equal(renotify, true);
    assert.deepEqual(calls, [
      ["show", title],
      ["badge", 3],
    ]);
  });

test("a push that brings the notification itself is shown and acknowledged all the same", async () => {
  const proposed = Object.create(DECLARATIVE.notification); // as a browser has them: getters
  await pushes.show(pushes.messageOf({ data: null, notification: proposed, appBadge: 3 }));
  const { title, body, tag, data } = only();
  assert.deepEqual([title, body, tag, data.id], [OURS.title, OURS.body, OURS.tag, OURS.id]);
  assert.deepEqual(calls, [
    ["show", title],
    ["badge", 3],
  ]);
  assert.deepEqual(
    server.requests.map(({ address }) => address),
    ["/notices/7/shown"],
  );
  assert.equal(pushes.messageOf({ data: null }), null);
});

test("both shapes at once are one notification with one button of a name", async () => {
  await pushes.show(json({ ...DECLARATIVE, ...OURS }));
  const { data, actions } = only();
  assert.deepEqual(data.url, "/clients/3");
  assert.deepEqual(
    actions.map(({ action }) => action),
    ["call", "hour"], // this platform has room for two
  );
});

test("an old payload without number, badge and actions is shown as before", async () => {
  const { title, body, url, tag } = OURS;
  await pushes.show(json({ title, body, url, tag }));
  assert.deepEqual(only().data, { id: 0, url, actions: {} });
  assert.deepEqual(server.requests, []);
});

const GARBAGE = {
  nothing: null,
  "an empty push": notJson(""),
  "a text": notJson("Call Dana"),
  "half of it": notJson('{"title": "Call'),
  "a list": json([OURS]),
  "a number": json(7),
  "JSON's null": json(null),
  "no title": json({ body: "b", url: "/today", tag: "t" }),
  "a title that is a number": json({ title: 5 }),
  "a title of blanks": json({ title: "  ", body: "b" }),
  "a title that is an object": json({ title: { text: "Dana" } }),
  "a notification that is a text": json({ web_push: 8030, notification: "Dana" }),
  "no notification": json({ web_push: 8030 }),
};
for (const [name, message] of Object.entries(GARBAGE))
  test(`${name} is shown as the plain words`, async () => {
    await pushes.show(message);
    const { title, body, data } = only();
    assert.deepEqual([title, body], PLAIN);
    assert.equal(data.url, "/today");
  });

test("what stands beside a good title may be anything", async () => {
  for (const wrong of [null, 5, {}, [], "", [null, 5, {}, { name: "call" }]]) {
    shown.clear();
    const beside = { body: wrong, url: wrong, tag: wrong, id: wrong, badge: "x", actions: wrong };
    await pushes.show(json({ title: "Dana", ...beside }));
    const { title, tag, data, actions } = only();
    assert.deepEqual([title, tag, data.url], ["Dana", "rounds", "/today"]);
    assert.deepEqual(actions, []);
  }
});

test("a tap never leads to another site", async () => {
  for (const url of [
    "https://other.example/",
    "//other.example",
    "/\\other.example",
    "javascript:0",
  ]) {
    shown.clear();
    await pushes.show(json({ title: "Dana", url }));
    assert.equal(only().data.url, "/today");
  }
});

test("the same notice again takes its place in silence, another rings", async () => {
  await pushes.show(json(OURS));
  await pushes.show(json(OURS));
  assert.deepEqual([only().renotify, only().silent], [false, true]);
  await pushes.show(json({ ...OURS, id: 8 }));
  assert.deepEqual([only().renotify, only().silent], [true, false]);
});

test("a browser that takes no buttons is asked once more without", async () => {
  registration.fails = 1;
  await pushes.show(json(OURS));
  assert.equal(only().title, OURS.title);
});

test("nothing left clears the badge, and a push without a number leaves it", async () => {
  await pushes.show(json({ ...OURS, badge: 0 }));
  await pushes.show(json({ ...OURS, badge: null }));
  assert.deepEqual(
    calls.filter(([what]) => what === "badge"),
    [["badge", 0]],
  );
});

test("a platform without badges, or one that refuses, shows it all the same", async () => {
  navigator.setAppBadge = async () => {
    throw new DOMException("no", "NotAllowedError");
  };
  await pushes.show(json(OURS));
  navigator.setAppBadge = undefined;
  await pushes.show(json(OURS));
  assert.equal(only().title, OURS.title);
});

test("the server is told what was shown, after it was", async () => {
  server.answer = () => {
    assert.equal(shown.size, 1);
    return new Response(null, { status: 204 });
  };
  await pushes.show(json(OURS));
  const [{ address, method, fields }] = server.requests;
  assert.deepEqual([address, method], ["/notices/7/shown", "POST"]);
  assert.deepEqual(fields, { endpoint: "https://push.example/1" });
  server.answer = offline;
  await pushes.show(json(OURS)); // and nothing comes of it when that fails
});

async function tap(action) {
  await pushes.show(json(OURS));
  server.requests = [];
  calls = [];
  await pushes.open(only(), action);
}

test("a tap opens the page, and says which notice led there", async () => {
  await tap();
  assert.deepEqual(calls, [["close"], ["open", "/clients/3?notice=7"]]);
});

test("a tap leads a window that is open", async () => {
  const navigate = async (address) => calls.push(["navigate", address]);
  const present = { url: `${ORIGIN}/today`, focused: true, navigate };
  windows = [{ ...present, focus: async () => present }];
  await tap();
  assert.deepEqual(calls.at(-1), ["navigate", "/clients/3?notice=7"]);
});

test("a notification of an earlier release still leads somewhere", async () => {
  const close = () => {};
  await pushes.open({ close, data: { url: "/clients" } });
  await pushes.open({ close, data: null });
  assert.deepEqual(calls, [
    ["open", "/clients"],
    ["open", "/today"],
  ]);
});

test("Call opens the client's page", async () => {
  await tap("call");
  assert.deepEqual(calls.at(-1), ["open", "/clients/3?notice=7"]);
  assert.deepEqual(server.requests, []);
});

for (const until of ["hour", "tomorrow"])
  test(`putting it off until ${until} is told to the server, and opens nothing`, async () => {
    server.answer = () => new Response(null, { status: 204 });
    await tap(until);
    const [{ address, fields }] = server.requests;
    assert.equal(address, "/notices/7/later");
    assert.deepEqual(fields, { until, key: `notice-7-${until}` });
    assert.deepEqual(calls, [["close"]]);
  });

test("what needs a reason leads to where it is given", async () => {
  const headers = { Location: "/clients/3/postponement" };
  server.answer = () => new Response(null, { status: 201, headers });
  await tap("tomorrow");
  assert.deepEqual(calls.at(-1), ["open", "/clients/3/postponement?notice=7"]);
});

test("without a network, or refused, putting it off opens the page", async () => {
  for (const answer of [offline, () => new Response("", { status: 403 })]) {
    server.answer = answer;
    await tap("hour");
    assert.deepEqual(calls.at(-1), ["open", "/clients/3?notice=7"]);
  }
});

test("a renewed subscription says that nobody asked for it", async () => {
  const keys = { p256dh: "p", auth: "a" };
  const current = { toJSON: () => ({ endpoint: "https://push.example/2", keys }) };
  server.answer = () => ({ ok: true, url: `${ORIGIN}/devices` });
  await pushes.renew({ endpoint: "https://push.example/1" }, current);
  const [{ address, fields }] = server.requests;
  assert.equal(address, "/devices");
  const how = { replaces: "https://push.example/1", by_itself: "1" };
  assert.deepEqual(fields, { endpoint: "https://push.example/2", ...keys, ...how });
});
