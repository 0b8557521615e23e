// Fetches the day's pages ahead, one after the other, so that they are there without a network.
import { keep, storedAt } from "../offline/pages.js";

const FRESH = 4 * 60 * 60 * 1000; // milliseconds
const AT_ONCE = 2;

export default async function ahead() {
  if (!("caches" in globalThis) || document.body.dataset.stored) return;
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
  await keep(address, answer);
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
    ...clients.map((client) => `/clients/${client}/opening`),
    ...clients.map((client) => `/clients/${client}/recoveries/new`),
    ...clients.map((client) => `/clients/${client}/postponement`),
  ];
}

function question({ dataset: { client, contact, kind } }) {
  const asked = new URLSearchParams({ client, contact, kind, key: "fetched-ahead" });
  return `/interactions/new?${asked}`;
}
