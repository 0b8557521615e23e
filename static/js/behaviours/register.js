// Registers the service worker. A new version waits until the person says yes.

export default async function register() {
  if (!("serviceWorker" in navigator)) return;
  // Without it everything works but what needs no network, and notifications, whose page says so.
  const options = { type: "module", updateViaCache: "none" };
  const worker = navigator.serviceWorker;
  const registration = await worker.register("/service-worker.js", options).catch(() => null);
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
