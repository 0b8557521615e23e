// One address for ever. The server puts `self.RELEASE` before this, so each release is a new worker.
importScripts(
  `/static/${self.RELEASE}/js/worker/lists.js`,
  `/static/${self.RELEASE}/js/worker/strategies.js`,
  `/static/${self.RELEASE}/js/worker/pushes.js`,
  `/static/${self.RELEASE}/js/worker/events.js`,
);
