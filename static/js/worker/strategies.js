// How a request is answered: from the network, from an offline copy, or by the offline page.
import { finishSignOut, isSigningOut } from "../offline/offline-sign-out.js";
import { copyOf, find, keep } from "../offline/pages.js";
import { isSignedOut } from "../offline/signed-out.js";
import { isOldShell, OFFLINE, SHELL } from "./lists.js";
import { checkSignIn, wipeCopies } from "./session.js";

const OLD_SHELLS = 2;
const SHARED = "/contacts/shared";
const TIMEOUT = 3000; // milliseconds; after that a copy is better than waiting

/** Stores our own files, and the offline page as anyone would see it (fetched without cookies). */
export async function keepShell() {
  const cache = await caches.open(SHELL);
  const files = await (await fetch("/shell-files.json", { credentials: "omit" })).json();
  await cache.add(new Request(OFFLINE, { cache: "reload", credentials: "omit" }));
  await cache.addAll(files);
}

/**
 * Deletes the files of earlier releases but the last two, because offline copies name the files of
 * their own release. Caches are listed in the order in which they were made.
 */
export async function dropOldShells() {
  const old = (await caches.keys()).filter(isOldShell);
  await Promise.all(old.slice(0, -OLD_SHELLS).map((name) => caches.delete(name)));
}

/**
 * A file of ours never changes under its address.
 * @param {Request} request
 */
export async function fileElseNetwork(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/**
 * Answers with the page from the network; where that takes three seconds, or the server fails, with
 * the offline copy; where there is none, with the offline page.
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
export async function page(event) {
  const { request } = event;
  const signingOut = await isSigningOut();
  if (signingOut && !(await finishSignOut())) return offline();
  const visit = { address: request.url, late: false };
  const coming = fromNetwork(event, signingOut);
  event.waitUntil(coming.then((answer) => learn(visit, answer.clone())).catch(() => {}));
  if (!(await find(request.url))) return coming.catch(offline);
  const copy = async () => (await copyOf(request.url)) ?? offline();
  const late = new Promise((resolve) => setTimeout(resolve, TIMEOUT)).then(() => {
    visit.late = true;
    return copy();
  });
  const inTime = coming.then((answer) => (answer.status >= 500 ? copy() : answer), copy);
  return Promise.race([inTime, late]);
}

/**
 * A response that the browser preloaded has the cookie of the person who was about to sign out.
 * @type {(event: FetchEvent, signingOut: boolean) => Promise<Response>}
 */
async function fromNetwork({ request, preloadResponse }, signingOut) {
  return (!signingOut && (await preloadResponse)) || fetch(request);
}

/**
 * Takes from an answer who is signed in, and keeps a copy of it.
 * @type {(visit: { address: string, late: boolean }, answer: Response) => Promise<void>}
 */
async function learn({ address, late }, answer) {
  // A copy is on the screen already, and the server redirects: to the sign-in, if nobody is signed in.
  if (late && answer.type === "opaqueredirect") return checkSignIn();
  if (!answer.ok) return;
  if (isSignedOut(answer, address)) await wipeCopies();
  else await keep(address, answer);
}

/**
 * Whether another app shares a contact: the manifest's share_target.
 * @param {Request} request
 */
export function isShare({ method, mode, url }) {
  return method === "POST" && mode === "navigate" && new URL(url).pathname === SHARED;
}

/**
 * What is shared comes from no site of ours, which the server refuses of a request. So it is asked for
 * the page by a request of our own; that page stores nothing by itself.
 * @param {Request} request
 */
export async function shared(request) {
  const body = await request.formData();
  return fetch(SHARED, { method: "POST", body, redirect: "manual" }).catch(offline);
}

async function offline() {
  return (await caches.match(OFFLINE, { cacheName: SHELL })) ?? Response.error();
}
