// Registers the service worker once the page has nothing better to do.

export default function register() {
  if (!("serviceWorker" in navigator)) return;
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5000 });
  else setTimeout(start, 1500);
}

function start() {
  // Without it everything works but the offline page and notifications, whose page says so.
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}
