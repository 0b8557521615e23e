// What a push shows, where a tap leads, and a new subscription when the browser ends the old one.
import { ICON } from "./lists.js";

export async function show(data) {
  const { title, body, tag, url } = data.json();
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: true,
    icon: ICON,
    data: { url },
  });
}

// To the page it is about: in a window that is open, else in a new one.
export async function open(notification) {
  notification.close();
  const { url } = notification.data;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const present = windows.find((one) => one.focused) ?? windows[0];
  try {
    const shown = await present.focus();
    if (new URL(shown.url).pathname !== url) await shown.navigate(url);
  } catch {
    // None was open, or it belongs to an older worker and may not be led elsewhere.
    await self.clients.openWindow(url);
  }
}

export async function renew(earlier, given) {
  const made = given ?? (await subscribeAnew(earlier));
  const { endpoint, keys } = made.toJSON();
  const body = new URLSearchParams({ endpoint, ...keys, replaces: earlier?.endpoint ?? "" });
  await fetch("/devices", { method: "POST", body, headers: { "HX-Request": "true" } });
}

async function subscribeAnew(earlier) {
  const applicationServerKey =
    earlier?.options.applicationServerKey ?? (await (await fetch("/devices/key")).text());
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}
