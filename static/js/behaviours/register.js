// Registers the service worker.

export default function register() {
  if (!("serviceWorker" in navigator)) return;
  // Without it everything works but the offline page and notifications, whose page says so.
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}
