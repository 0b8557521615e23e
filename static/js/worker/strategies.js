// How a request is answered.
import { finishLeaving, isLeaving } from "../offline/offline-sign-out.js";
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
  const leaving = await isLeaving();
  if (leaving && !(await finishLeaving())) return offline();
  const visit = { request, late: false };
  const coming = fromNetwork(event, leaving);
  event.waitUntil(coming.then((answer) => learn(visit, answer.clone())).catch(() => {}));
  if (!(await find(request.url))) return coming.catch(offline);
  const kept = () => shown(request.url);
  const copy = async () => {
    visit.late = true;
    return kept();
  };
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(copy);
  const inTime = coming.then((answer) => (answer.status >= 500 ? kept() : answer), kept);
  return Promise.race([inTime, late]);
}

// What the browser asked for ahead carries the cookie of whoever was about to leave.
async function fromNetwork({ request, preloadResponse }, leaving) {
  return (!leaving && (await preloadResponse)) || fetch(request);
}

// What an answer says besides: who is signed in, and what is new.
async function learn({ request, late }, answer) {
  if (late && answer.type === "opaqueredirect") return lookWhoIsIn();
  if (!answer.ok) return;
  if (isSignIn(request.url, answer)) await forget();
  else await keep(request.url, answer);
}

// A copy is on the screen already, and the server leads elsewhere: to sign in, if nobody is.
async function lookWhoIsIn() {
  const answer = await fetch("/waiting");
  if (!isSignIn(answer.url, answer)) return;
  await forget();
  for (const window of await self.clients.matchAll({ type: "window" })) window.navigate(window.url);
}

const isSignIn = (address, answer) =>
  new URL(address).pathname === "/sign-in" && !answer.headers.has("X-Rounds-User");

async function offline() {
  return (await caches.match(OFFLINE, { cacheName: SHELL })) ?? Response.error();
}
