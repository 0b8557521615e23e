// What a push shows, where a tap leads, and a new subscription when the browser ends the old one.
import { ICON, worker } from "./lists.js";
import { fetchSignedIn } from "./session.js";

/** @param {PushMessage} message */
export async function show(message) {
  const { title, body, tag, url } = message.json();
  const options = { body, tag, renotify: true, icon: ICON, data: { url } };
  await worker.registration.showNotification(title, options);
}

/**
 * Leads to the page that a notification is about: in a window that is open, else in a new one.
 * @param {Notification} notification
 */
export async function open(notification) {
  notification.close();
  const { url } = notification.data;
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const present = windows.find(({ focused }) => focused) ?? windows[0];
  try {
    const shown = await present.focus();
    if (new URL(shown.url).pathname !== url) await shown.navigate(url);
  } catch {
    // None was open, or it belongs to an older worker and may not be led elsewhere.
    await worker.clients.openWindow(url);
  }
}

/**
 * Tells the server of the subscription that replaces an earlier one.
 * @type {(earlier: PushSubscription | null, current: PushSubscription | null) => Promise<void>}
 */
export async function renew(earlier, current) {
  const subscription = current ?? (await subscribeAgain(earlier));
  const { endpoint = "", keys } = subscription.toJSON();
  const body = new URLSearchParams({ endpoint, ...keys, replaces: earlier?.endpoint ?? "" });
  await fetchSignedIn("/devices", { method: "POST", body, headers: { "HX-Request": "true" } });
}

/** @param {PushSubscription | null} earlier */
async function subscribeAgain(earlier) {
  const applicationServerKey =
    earlier?.options.applicationServerKey ?? (await (await fetch("/devices/key")).text());
  const options = { userVisibleOnly: true, applicationServerKey };
  return worker.registration.pushManager.subscribe(options);
}
