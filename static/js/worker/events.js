// What the browser tells the worker, and how it answers. Only requests for whole pages and for our own
// files are answered here, and a contact that another app shares: none that writes, none for a fragment.
import { ROOT, worker } from "./lists.js";
import { sendForAll } from "./outbox.js";
import * as pushes from "./pushes.js";
import * as strategies from "./strategies.js";

worker.addEventListener("install", (event) => event.waitUntil(strategies.keepShell()));

worker.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  await worker.registration.navigationPreload?.enable();
  await strategies.dropOldShells();
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (strategies.isShare(request)) return event.respondWith(strategies.shared(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(strategies.page(event));
  else if (new URL(request.url).pathname.startsWith(ROOT))
    event.respondWith(strategies.fileElseNetwork(request));
});

// The person agreed to the new version.
worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
});

worker.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendForAll());
});

worker.addEventListener("push", (event) => event.waitUntil(pushes.show(pushes.messageOf(event))));

worker.addEventListener("notificationclick", (event) => {
  event.waitUntil(pushes.open(event.notification, event.action));
});

worker.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(pushes.renew(event.oldSubscription, event.newSubscription));
});

worker.pushes = pushes; // so that a test can do what a push does
