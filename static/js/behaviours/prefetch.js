// Fetches the day's pages ahead, one after the other, so that they are there without a network.

import { keyHere } from "../offline/encryption.js";
import { keep, prune, storedAt } from "../offline/pages.js";
import { user } from "../offline/store.js";

const FRESH = 4 * 60 * 60 * 1000; // milliseconds
const AT_ONCE = 2;

export default async function ahead() {
  // Without a key what is said from a copy would lie open, so there are no copies before it.
  if (!("caches" in globalThis) || document.body.dataset.stored || !(await keyHere(user()))) return;
  await prune();
  const rest = addresses();
  const worker = async () => {
    for (let address = rest.shift(); address; address = rest.shift()) await fetchOne(address);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker)).catch(() => {}); // no network: later
}

async function fetchOne(address) {
  const at = await storedAt(address);
  const same = at && new Date(at).toDateString() === new Date().toDateString();
  if (same && Date.now() - at < FRESH) return;
  const answer = await fetch(address, { headers: { "X-Rounds-Ahead": "1" }, priority: "low" });
  if (answer.headers.get("X-Rounds-User") === user()) await keep(address, answer);
}

// The list itself, then what is needed first of everybody on it, or of the client who is looked at.
function addresses() {
  const shown = [...document.querySelectorAll("[data-row], [data-ahead]")];
  const clients = [...new Set(shown.map(({ dataset }) => dataset.row ?? dataset.ahead))];
  const questions = [...document.querySelectorAll("[data-behaviour~=dial]")].map(question);
  return [
    "/today",
    "/waiting",
    ...clients.map((client) => `/clients/${client}`),
    ...new Set(questions),
    "/promises",
    "/me",
    ...clients.map((client) => `/clients/${client}/opening`),
    ...clients.map((client) => `/clients/${client}/recoveries/new`),
    ...clients.map((client) => `/clients/${client}/postponement`),
    ...clients.map((client) => `/interactions/new?${asked({ client, direction: "in" })}`),
    ...clients.map((client) => `/interactions/new?${asked({ client, kind: "visit" })}`),
  ];
}

const question = ({ dataset: { client, contact, kind } }) =>
  `/interactions/new?${asked({ client, contact, kind })}`;

const asked = (about) => new URLSearchParams({ ...about, key: "fetched-ahead" });
