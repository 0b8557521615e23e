// What is kept, and under which names. Only caches that begin with PREFIX are ours to delete.

const PREFIX = "rounds-";

self.lists = {
  PREFIX,
  OFFLINE: "/offline",
  CACHE: `${PREFIX}shell-${self.RELEASE}`,
  ICON: `/static/${self.RELEASE}/icons/icon-192.png`,
};
