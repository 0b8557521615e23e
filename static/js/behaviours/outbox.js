// Says what waits to be sent, and keeps trying: on start, with a network, when the page is looked at,
// and now and then. Whether the browser believes in a network is not asked: it is tried.
import { isHere } from "../offline/mending.js";
import { all } from "../offline/outbox.js";
import { nobodySends, send } from "../offline/sending.js";

const AGAIN = 6000; // milliseconds after something was saved, should its first try have failed
const EVERY = 30_000; // milliseconds; not every telephone sends in the background

export default async function outbox(notice) {
  const show = async () => {
    const everything = await all().catch(() => []); // a browser that keeps nothing
    const items = everything.filter((item) => !isHere(item));
    const wrong = items.filter(({ value }) => value.problem).length;
    const { one, more, problem } = notice.dataset;
    const words = items.length === 1 ? one : more.replace("{num}", items.length);
    notice.querySelector("a").textContent = wrong ? problem : words;
    notice.classList.toggle("warn", wrong > 0);
    notice.hidden = items.length === 0 || location.pathname === "/waiting";
    const coming = everything.filter(({ value }) => !value.problem);
    markRows(coming);
    markForms(coming);
    markClients(coming);
    document.dispatchEvent(new CustomEvent("outbox", { detail: everything }));
    return items.length;
  };

  const attempt = async () => {
    if (document.hidden || !(await show())) return;
    await inBackground();
    const results = await send();
    const became = [...results.values()].map(({ said }) => said);
    if (became.includes("signed out")) return leave();
    if (!became.length) await nobodySends(); // the worker does: what it finds is shown at once
    if (became.includes("sent")) document.dispatchEvent(new Event("reached"));
    await show();
  };

  addEventListener("online", attempt);
  document.addEventListener("visibilitychange", attempt);
  document.addEventListener("posted", () => {
    setTimeout(attempt, AGAIN);
    return Promise.all([show(), inBackground()]);
  });
  document.addEventListener("try-now", attempt);
  setInterval(attempt, EVERY);
  await attempt();
}

// Signed out from afar, or by somebody else's sign-in: the sign-in page locks away what is here.
const leave = () => location.reload();

// Where the browser can, it sends once there is a network, with no page open.
async function inBackground() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("outbox").catch(() => {}); // not allowed: then from here
}

// Whoever was logged or put off is not to be called again from a list that does not know it yet; with
// what the server did not take they are back on it.
function markRows(items) {
  const done = items.filter(({ value }) => /^\/interactions$|\/postponement$/.test(value.to));
  const gone = new Set(done.map(({ value }) => value.client));
  let changed = false;
  for (const row of document.querySelectorAll("[data-row]")) {
    changed ||= row.hidden !== gone.has(row.dataset.row);
    row.hidden = gone.has(row.dataset.row);
  }
  if (changed) countAnew();
}

// What was answered with a tap is not to be tapped again.
function markForms(items) {
  const sent = new Set(items.map(({ value }) => value.to.split("?")[0]));
  for (const form of document.querySelectorAll("form:has([data-later])"))
    form.classList.toggle("waits-here", sent.has(new URL(form.action).pathname));
}

// The page of a client is a stored one: it does not know yet what was just saved.
function markClients(items) {
  const waiting = new Set(items.map(({ value }) => value.client));
  for (const line of document.querySelectorAll("[data-waits-for]"))
    line.hidden = !waiting.has(line.dataset.waitsFor);
}

function countAnew() {
  const left = [...document.querySelectorAll("[data-row]:not([hidden])")];
  const visits = left.filter((row) => row.dataset.kind === "visit").length;
  const numbers = { call: left.length - visits, visit: visits };
  for (const line of document.querySelectorAll("[data-count]")) {
    const { count, one, more, none } = line.dataset;
    const number = numbers[count];
    if (none) line.textContent = left.length ? "" : none;
    else line.textContent = number ? (number === 1 ? one : more.replace("{num}", number)) : "";
  }
}
