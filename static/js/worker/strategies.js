// How a request is answered.

self.strategies = {
  // Keeps the offline page, as anyone would see it: never with a person's cookie.
  async keepShell() {
    const { CACHE, OFFLINE } = self.lists;
    const cache = await caches.open(CACHE);
    await cache.add(new Request(OFFLINE, { cache: "reload", credentials: "omit" }));
  },

  async dropOldShells() {
    const { CACHE, PREFIX } = self.lists;
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
  },

  // A page comes from the network; without one, the offline page stands in its place.
  async pageElseOffline(request) {
    try {
      return await fetch(request);
    } catch {
      const kept = await caches.match(self.lists.OFFLINE, { cacheName: self.lists.CACHE });
      return kept ?? Response.error();
    }
  },
};
