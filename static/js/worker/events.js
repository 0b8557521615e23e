// What the browser tells the worker, and which answer each gets. Nothing but pages is touched.

self.addEventListener("install", (event) => event.waitUntil(self.strategies.keepShell()));

self.addEventListener("activate", (event) => event.waitUntil(self.strategies.dropOldShells()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(self.strategies.pageElseOffline(request));
  }
});

self.addEventListener("push", (event) => event.waitUntil(self.pushes.show(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(self.pushes.open(event.notification));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(self.pushes.renew(event.oldSubscription, event.newSubscription));
});
