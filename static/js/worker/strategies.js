// How a request is answered.
import { finishLeaving, isLeaving } from "../offline/leaving.js";
import { find, forget, keep, shown } from "../offline/pages.js";
import { isOldShell, OFFLINE, SHELL } from "./lists.js";

const STAY = 2;
const PATIENCE = 3000; // milliseconds; then the copy is better than waiting

// Keeps the offline page, as anyone would see it (never with a person's cookie), and our own files.
export async function keepShell() {
  const cache = await caches.open(SHELL);
  const files = await (await fetch("/shell-files.json", { credentials: "omit" })).json();
  await cache.add(new Request(OFFLINE, { cache: "reload", credentials: "omit" }));
  await cache.addAll(files);
}

// A copy of a page names the files of its own release, so the last two stay for a while. They are
// listed in the order in which they were made.
export async function dropOldShells() {
  const old = (await caches.keys()).filter(isOldShell);
  await Promise.all(old.slice(0, -STAY).map((name) => caches.delete(name)));
}

// A file of ours never changes under its address.
export async function fileElseNetwork(request) {
  return (await caches.match(request)) ?? fetch(request);
}

// A page comes from the network; after three seconds without an answer, or with a server that is
// down, from the copy on this phone; without one, the offline page stands in its place.
export async function page(event) {
  const { request } = event;
  if ((await isLeaving()) && !(await finishLeaving())) return offline();
  const coming = fromNetwork(event);
  if (!(await find(request.url))) return coming.catch(offline);
  const kept = () => shown(request.url);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(kept);
  const inTime = coming.then((answer) => (answer.status >= 500 ? kept() : answer), kept);
  return Promise.race([inTime, late]);
}

async function fromNetwork(event) {
  const { request } = event;
  const answer = (await event.preloadResponse) ?? (await fetch(request));
  const left = new URL(request.url).pathname === "/sign-in" && !answer.headers.has("X-Rounds-User");
  if (answer.ok && left)
    event.waitUntil(forget()); // signed out, here or from afar
  else if (answer.ok) event.waitUntil(keep(request.url, answer.clone()));
  return answer;
}

async function offline() {
  return (await caches.match(OFFLINE, { cacheName: SHELL })) ?? Response.error();
}
