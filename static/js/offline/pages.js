// Copies of the day's pages on this phone: whose they are, how old, and when they have to go. Used by
// the pages and by the worker alike. Cache storage is read by nobody but this site.

const PREFIX = "rounds-day-";
const LASTS = 36 * 60 * 60 * 1000; // milliseconds; the day after tomorrow nobody works from today's list
const STORED = "X-Rounds-Stored";

// What serves without a network, and nothing else of a client.
const SERVES = [
  /^\/(today|promises|waiting|me)$/,
  /^\/clients\/\d+(\/(opening|postponement|promises\/new|recoveries\/new))?$/,
  /^\/contacts\/\d+\/preference$/,
  /^\/interactions\/new$/,
];
// What tells two questions apart; the rest of the address is the attempt's own.
const TELLS_APART = ["client", "contact", "kind", "direction"];

// The one name under which a page is kept, or null where it is not.
export function nameOf(address) {
  const { origin, pathname, searchParams } = new URL(address, self.location);
  if (origin !== self.location.origin || !SERVES.some((one) => one.test(pathname))) return null;
  const asked = TELLS_APART.map((name) => [name, searchParams.get(name)]).filter(([, it]) => it);
  return asked.length ? `${pathname}?${new URLSearchParams(asked)}` : pathname;
}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// All copies, but those of the person who `stays`.
export async function forget(stays = null) {
  const gone = (await ours()).filter((name) => name !== PREFIX + stays);
  await Promise.all(gone.map((name) => caches.delete(name)));
}

// Keeps an answer of the server: a whole page, of the person it names, and of nobody else.
export async function keep(address, answer) {
  const name = nameOf(address);
  const user = answer.headers.get("X-Rounds-User");
  const whole = answer.status === 200 && !answer.redirected;
  if (!name || !user || !whole || !answer.headers.get("Content-Type")?.includes("text/html"))
    return;
  const headers = new Headers(answer.headers);
  headers.set(STORED, Date.now());
  const copy = new Response(await answer.blob(), { headers });
  await forget(user);
  await (await caches.open(PREFIX + user)).put(name, copy);
}

// When it was stored, in milliseconds since 1970; null for no copy that still serves.
export async function storedAt(address) {
  const kept = await find(address);
  return kept && Number(kept.headers.get(STORED));
}

export async function find(address) {
  const name = nameOf(address);
  if (!name) return null;
  for (const cacheName of await ours()) {
    const cache = await caches.open(cacheName);
    for (const request of await alike(cache, name)) {
      const kept = await cache.match(request);
      if (kept && serves(kept)) return kept;
    }
  }
  return null;
}

const serves = (kept) => Date.now() - Number(kept.headers.get(STORED)) < LASTS;

// Takes away what has had its time, looked for or not.
export async function prune() {
  for (const cacheName of await ours()) {
    const cache = await caches.open(cacheName);
    for (const request of await cache.keys())
      if (!serves(await cache.match(request))) await cache.delete(request);
  }
}

// The page itself, else the same question about somebody else there: how it went can be asked of any
// conversation with a client once it can be asked of one of the kind.
async function alike(cache, name) {
  const asked = new URL(name, self.location);
  const same = ({ url }) => {
    const other = new URL(url);
    return other.pathname === asked.pathname && about(other) === about(asked);
  };
  const client = asked.searchParams.get("client");
  return client ? [name, ...(await cache.keys()).filter(same)] : [name];
}

const about = ({ searchParams: asked }) =>
  [asked.get("client"), asked.get("kind") ?? "call", asked.get("direction") ?? "out"].join();

// The copy as a page that knows that it is one: behaviours/offline-copy.js says so on the screen.
export async function shown(address) {
  const kept = await find(address);
  if (!kept) return null;
  const html = await kept.text();
  const marked = html.replace("<body", `<body data-stored="${Number(kept.headers.get(STORED))}"`);
  return new Response(marked, { headers: kept.headers });
}
