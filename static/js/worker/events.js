// What the browser tells the worker, and which answer each gets. Nothing that writes is touched, and
// no fragment: only whole pages and our own files.
import { ROOT } from "./lists.js";
import { sendForAll } from "./outbox.js";
import * as pushes from "./pushes.js";
import * as strategies from "./strategies.js";

self.addEventListener("install", (event) => event.waitUntil(strategies.keepShell()));

self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  await self.registration.navigationPreload?.enable();
  await strategies.dropOldShells();
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(strategies.page(event));
  else if (new URL(request.url).pathname.startsWith(ROOT))
    event.respondWith(strategies.fileElseNetwork(request));
});

// The person said yes to the new version.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendForAll());
});

self.addEventListener("push", (event) => event.waitUntil(pushes.show(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(pushes.open(event.notification));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(pushes.renew(event.oldSubscription, event.newSubscription));
});

self.pushes = pushes; // for whoever wants to see what a push does
