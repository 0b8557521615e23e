// Prefetches the day's pages in the background, so that there are copies of them without a network.
import { localKey } from "../offline/encryption.js";
import { keep, prune, storedAt } from "../offline/pages.js";
import { fetchSignedIn } from "../offline/signed-out.js";
import { currentUser } from "../offline/store.js";
import keepClients from "./client-index.js";

const FRESH = 4 * 60 * 60 * 1000; // milliseconds
const AT_ONCE = 2;
const SHEET = "/today/confirm"; // what waits there changes with each note: never fresh

export default async function prefetch() {
  if (!("caches" in globalThis) || document.body.dataset.stored) return;
  // Without a key, what is typed on a copy would lie unencrypted: there are no copies before it.
  if (!(await localKey(currentUser()))) return;
  await prune();
  const rest = addresses();
  const fetchRest = async () => {
    for (let address = rest.shift(); address; address = rest.shift()) await fetchPage(address);
  };
  const clients = keepClients();
  const workers = Array.from({ length: AT_ONCE }, fetchRest);
  await Promise.all([...workers, clients]).catch(() => {}); // without a network: when the next page is idle
}

/** @param {string} address */
async function fetchPage(address) {
  const at = await storedAt(address);
  const today = at && new Date(at).toDateString() === new Date().toDateString();
  if (today && Date.now() - at < FRESH && !address.startsWith(SHEET)) return;
  const options = { headers: { "X-Rounds-Ahead": "1" }, priority: /** @type {const} */ ("low") };
  const answer = await fetchSignedIn(address, options);
  if (answer.headers.get("X-Rounds-User") === currentUser()) await keep(address, answer);
}

// The list, then what is needed first of every client on it, or of the client of this page.
function addresses() {
  const shown = [...document.querySelectorAll("[data-row], [data-ahead]")];
  const clients = [...new Set(shown.map(({ dataset }) => dataset.row ?? dataset.ahead ?? ""))];
  const links = /** @type {NodeListOf<DialLink>} */ (
    document.querySelectorAll("[data-behaviour~=dial]")
  );
  return [
    "/today",
    ...sheets(),
    "/agenda",
    "/waiting",
    "/clients",
    ...clients.map((client) => `/clients/${client}`),
    ...new Set([...links].map(questionAfter)),
    ...letterPages(),
    "/promises",
    "/me",
    ...clients.map((client) => `/clients/${client}/opening`),
    ...clients.map((client) => `/clients/${client}/recoveries/new`),
    ...clients.map((client) => `/clients/${client}/postponement`),
    ...clients.map((client) => question({ client, direction: "in" })),
    ...clients.map((client) => question({ client, kind: "visit" })),
  ];
}

/** The sheet behind the line, where there is one. */
function sheets() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("#to-confirm a");
  return [...links].map(({ pathname, search }) => pathname + search);
}

// The drafts of updates that this page leads to.
function letterPages() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a[href^='/contacts/'][href*='/update']");
  return new Set([...links].map(({ pathname }) => pathname));
}

const questionAfter = (/** @type {DialLink} */ { dataset: { client, contact, kind } }) =>
  question({ client, contact, kind });

/** @type {(about: Record<string, string>) => string} */
const question = (about) =>
  `/interactions/new?${new URLSearchParams({ ...about, key: "fetched-ahead" })}`;
