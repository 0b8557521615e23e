// Offline copies of the day's pages: whose they are, how old, and when they expire. Used by the pages
// and by the worker alike. Nothing but this site can read cache storage.

const PREFIX = "rounds-day-";
const LIFETIME = 36 * 60 * 60 * 1000; // milliseconds; nobody works from the list of two days ago
const STORED = "X-Rounds-Stored";

// The pages that are of use without a network, and nothing else of a client.
const COPIED = [
  /^\/(today|today\/confirm|agenda|promises|waiting|me|clients)$/,
  /^\/clients\/\d+(\/(opening|postponement|promises\/new|recoveries\/new))?$/,
  /^\/contacts\/\d+\/(preference|update|time-to-talk)$/,
  /^\/interactions\/(new|\d+\/recap)$/,
];
// Without a network this page searches in the clients on this phone (client-index.js): how old the
// copy is does not matter, and a filter is nothing of it.
const SEARCHING = "/clients";
// What tells two questions apart; the rest of the address is the attempt's own.
const TELLS_APART = ["client", "contact", "kind", "direction"];

/** @type {(address: string) => string | null} the name that a page is stored under, if it is */
export function nameOf(address) {
  const { origin, pathname, searchParams } = new URL(address, self.location.href);
  const copied = COPIED.some((pattern) => pattern.test(pathname));
  if (origin !== self.location.origin || !copied) return null;
  const asked = TELLS_APART.map((name) => [name, searchParams.get(name) ?? ""]).filter(
    ([, value]) => value,
  );
  return asked.length ? `${pathname}?${new URLSearchParams(asked)}` : pathname;
}

export const openCopies = (/** @type {string} */ userId) => caches.open(PREFIX + userId);
const cacheNames = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

/**
 * Deletes all copies, but those of the person who `stays`.
 * @param {string | null} [stays]
 */
export async function deleteCopies(stays = null) {
  const names = (await cacheNames()).filter((name) => name !== PREFIX + stays);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * A page that a notification led to has buttons of that one, and a filtered list lacks the others: it
 * is not the page of every day.
 * @param {string} address
 */
function isSpecial(address) {
  const { pathname, search, searchParams } = new URL(address, self.location.href);
  return searchParams.has("notice") || (pathname === SEARCHING && search !== "");
}

/**
 * Stores an answer of the server, if it is a whole page: for the person it names, and nobody else.
 * @param {string} address
 * @param {Response} answer
 */
export async function keep(address, answer) {
  const name = nameOf(address);
  const userId = answer.headers.get("X-Rounds-User");
  const whole = answer.status === 200 && !answer.redirected && !isSpecial(address);
  if (!name || !userId || !whole || !answer.headers.get("Content-Type")?.includes("text/html"))
    return;
  const headers = new Headers(answer.headers);
  headers.set(STORED, String(Date.now()));
  const copy = new Response(await answer.blob(), { headers });
  await deleteCopies(userId);
  await (await openCopies(userId)).put(name, copy);
}

const timeOf = (/** @type {Response} */ copy) => Number(copy.headers.get(STORED));
/** @type {(request: string | Request, copy: Response) => boolean} */
const isCurrent = (request, copy) => {
  const { pathname } = new URL(new Request(request).url);
  return pathname === SEARCHING || Date.now() - timeOf(copy) < LIFETIME;
};

/**
 * @param {string} address
 * @returns {Promise<number | null>} when its copy was stored, in milliseconds since 1970
 */
export async function storedAt(address) {
  const copy = await find(address);
  return copy && timeOf(copy);
}

/** @type {(address: string) => Promise<Response | null>} its copy, if there is one that is current */
export async function find(address) {
  const name = nameOf(address);
  if (!name) return null;
  for (const cacheName of await cacheNames()) {
    const cache = await caches.open(cacheName);
    for (const request of await alike(cache, name)) {
      const copy = await cache.match(request);
      if (copy && isCurrent(request, copy)) return copy;
    }
  }
  return null;
}

/** Deletes expired copies. */
export async function prune() {
  for (const cacheName of await cacheNames()) {
    const cache = await caches.open(cacheName);
    for (const request of await cache.keys()) {
      const copy = await cache.match(request);
      if (copy?.headers.has(STORED) && !isCurrent(request, copy)) await cache.delete(request);
    }
  }
}

/**
 * The page itself, then the same question about another contact there: how it went can be asked of
 * any conversation with a client once it can be asked of one of the kind.
 * @type {(cache: Cache, name: string) => Promise<(string | Request)[]>}
 */
async function alike(cache, name) {
  const asked = new URL(name, self.location.href);
  const isSameQuestion = (/** @type {Request} */ { url }) => {
    const stored = new URL(url);
    return stored.pathname === asked.pathname && subject(stored) === subject(asked);
  };
  const client = asked.searchParams.get("client");
  return client ? [name, ...(await cache.keys()).filter(isSameQuestion)] : [name];
}

const subject = (/** @type {URL} */ { searchParams }) =>
  [
    searchParams.get("client"),
    searchParams.get("kind") ?? "call",
    searchParams.get("direction") ?? "out",
  ].join();

/**
 * The copy as a page that knows that it is one: behaviours/offline-copy.js says so on the screen.
 * @param {string} address
 * @returns {Promise<Response | null>}
 */
export async function copyOf(address) {
  const copy = await find(address);
  if (!copy) return null;
  const html = await copy.text();
  const marked = html.replace("<body", `<body data-stored="${timeOf(copy)}"`);
  return new Response(marked, { headers: copy.headers });
}
