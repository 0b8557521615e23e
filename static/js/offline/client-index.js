// Every client of the person with whom to call there, sealed on this phone for when there is no network.
// It lies beside the copies of pages, and goes with them (wipe.js, worker/session.js).
import { searchKey } from "./client-search.js";
import { decryptRows, encryptRow, localKey } from "./encryption.js";
import { openCopies } from "./pages.js";
import { fetchSignedIn } from "./signed-out.js";
import { currentUser } from "./store.js";

const ADDRESS = "/clients/index.json";
const CHECKED = "X-Rounds-Checked"; // when the server said last that it is right
const FRESH = 10 * 60 * 1000; // milliseconds
const AT_ONCE = 100; // clients; more would hold up a tap
const IV = 12; // bytes

/**
 * Fetches the clients where they are not here yet or have changed; asks at most every ten minutes,
 * unless something was probably changed just now. Without a key nothing is kept.
 * @param {boolean} [changed]
 * @throws {Error} without a network, and when nobody is signed in any more
 */
export async function refreshIndex(changed = false) {
  const userId = currentUser();
  if (!(await localKey(userId))) return;
  const here = await stored(userId);
  if (here && !changed && Date.now() - checkedAt(here) < FRESH) return;
  const answer = await fetchSignedIn(ADDRESS, {
    headers: { "X-Rounds-Ahead": "1", ...versionOf(here) },
    cache: "no-store", // the browser's own cache is not sealed
    priority: "low",
  });
  if (answer.headers.get("X-Rounds-User") !== userId) return;
  if (answer.status === 304 && here) await keep(userId, here, await here.blob());
  if (answer.status === 200) await keep(userId, answer, await seal(userId, await answer.json()));
}

/** @returns {Promise<{ clients: IndexedClient[], at: Date } | null>} as they are on this phone */
export async function readIndex() {
  const userId = currentUser();
  const here = await stored(userId);
  if (!here) return null;
  const bytes = await here.arrayBuffer();
  /** @type {StoredRow<{ user: string, value: IndexedClient[] }>} */
  const row = {
    user: userId,
    sealed: [{ iv: bytes.slice(0, IV), data: bytes.slice(IV) }, undefined],
  };
  const [opened] = await decryptRows([row]);
  return opened ? { clients: opened.value, at: new Date(checkedAt(here)) } : null;
}

const stored = async (/** @type {string} */ userId) => (await openCopies(userId)).match(ADDRESS);

const checkedAt = (/** @type {Response} */ here) => Number(here.headers.get(CHECKED));

/** @type {(here: Response | undefined) => Record<string, string>} */
function versionOf(here) {
  const version = here?.headers.get("ETag");
  return version ? { "If-None-Match": version } : {};
}

/** @type {(userId: string, answer: Response, body: Blob | null) => Promise<void>} */
async function keep(userId, { headers }, body) {
  const kept = { ETag: headers.get("ETag") ?? "", [CHECKED]: String(Date.now()) };
  const isHere = await localKey(userId); // signed out meanwhile
  if (body && isHere) {
    await (await openCopies(userId)).put(ADDRESS, new Response(body, { headers: kept }));
  }
}

/**
 * With what they are found by, so that nothing but searching is left to do where there is no network.
 * @param {string} userId
 * @param {{ clients: ListedClient[] }} answer
 */
async function seal(userId, { clients }) {
  /** @type {IndexedClient[]} */
  const value = [];
  for (const [number, client] of clients.entries()) {
    if (number % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    value.push([...client, searchKey(client)]);
  }
  const { sealed } = await encryptRow({ user: userId, value });
  return sealed ? new Blob([sealed[0].iv, sealed[0].data]) : null;
}
