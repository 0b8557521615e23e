// Registers the service worker. A new version waits until the person says yes.

// The one way to register it: another kind or another address would be another worker.
export const registered = () =>
  navigator.serviceWorker.register("/service-worker.js", { type: "module" });

export default async function register() {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  // Without it everything works but what needs no network, and notifications, whose page says so.
  const registration = await registered().catch(() => null);
  if (!registration) return;
  const notice = document.getElementById("update");
  const offer = () => {
    if (notice && registration.waiting && worker.controller) notice.hidden = false;
  };
  offer();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  notice?.querySelector("button").addEventListener("click", () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
}
