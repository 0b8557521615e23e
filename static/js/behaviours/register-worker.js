// Registers the service worker. A new version waits until the person agrees to it.

/** Registers it; always with the same address and type, or it would be another worker. */
export const registerWorker = () =>
  navigator.serviceWorker.register("/service-worker.js", { type: "module" });

export default async function registerAndOfferUpdates() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  // Without it there are no offline pages and no notifications; the page of those says so.
  const registration = await registerWorker().catch(() => null);
  if (!registration) return;
  const notice = document.getElementById("update");
  const offer = () => {
    if (notice && registration.waiting && workers.controller) notice.hidden = false;
  };
  offer();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  notice?.querySelector("button").addEventListener("click", () => {
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
}
