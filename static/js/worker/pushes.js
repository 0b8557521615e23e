// What a push shows, where a tap leads, and a new subscription when the browser ends the old one.
import { ICON, worker } from "./lists.js";
import { messageOf, read } from "./payload.js";
import { checkSignIn, fetchSignedIn } from "./session.js";

export { messageOf };

/** The actions that put a notice off instead of opening its page. */
const LATER = ["hour", "tomorrow"];
const TIMEOUT = 3000; // milliseconds; a tap that waits longer may no longer open a window

/**
 * Shows it, whatever it is; then tells the server that it is on the screen.
 * @param {PushMessage | null} message
 */
export async function show(message) {
  const payload = read(message);
  const { title, body, tag, id } = payload;
  const options = { body, tag, icon: ICON, data: dataOf(payload) };
  // The same notice once more, after a crash of the server, takes the place of the first in silence.
  const again = await isShown(id, tag);
  const how = { renotify: !again, silent: again, actions: payload.actions.slice(0, mostActions()) };
  await worker.registration
    .showNotification(title, { ...options, ...how })
    .catch(() => worker.registration.showNotification(title, options));
  await Promise.allSettled([setBadge(payload.badge), acknowledge(id)]);
}

/** @param {Payload} payload */
function dataOf({ id, url, actions }) {
  return { id, url, actions: Object.fromEntries(actions.map((own) => [own.action, own.url])) };
}

/** How many buttons this platform shows on a notification. */
const mostActions = () =>
  /** @type {{ maxActions?: number } | undefined} */ (globalThis.Notification)?.maxActions ?? 0;

/** @type {(id: number, tag: string) => Promise<boolean>} */
async function isShown(id, tag) {
  const present = await worker.registration.getNotifications({ tag }).catch(() => []);
  return id > 0 && present.some(({ data }) => data?.id === id);
}

/** @param {number | null} badge what is left today, if the push says it */
async function setBadge(badge) {
  if (badge === null) return;
  if (badge) await navigator.setAppBadge?.(badge);
  else await navigator.clearAppBadge?.();
}

/** @param {number} id of the notice, 0 for one without a row */
async function acknowledge(id) {
  const subscription = id && (await worker.registration.pushManager.getSubscription());
  if (!subscription) return;
  const body = new URLSearchParams({ endpoint: subscription.endpoint });
  await post(`/notices/${id}/shown`, body);
}

/** @type {(address: string, body: URLSearchParams) => Promise<Response>} */
async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    body,
    redirect: "manual",
    keepalive: true,
    headers: { Prefer: "return=minimal" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (answer.type === "opaqueredirect") await checkSignIn();
  return answer;
}

/**
 * Leads to the page that a notification is about, or does what its action says.
 * @type {(notification: Notification, action?: string) => Promise<void>}
 */
export async function open(notification, action = "") {
  notification.close();
  const { id = 0, url, actions = {} } = notification.data ?? {};
  const otherwise = actions[action] || url || "/today";
  const address = LATER.includes(action) ? await putOff(id, action, otherwise) : otherwise;
  if (address) await lead(withNotice(address, id));
}

/** @type {(id: number, until: string, url: string) => Promise<string | null>} where that leads */
async function putOff(id, until, url) {
  try {
    // The same tap delivered twice is one: the key is the notice's.
    const body = new URLSearchParams({ until, key: `notice-${id}-${until}` });
    const answer = await post(`/notices/${id}/later`, body);
    return answer.status === 204 ? null : (answer.headers.get("Location") ?? url);
  } catch {
    return url;
  }
}

/** @type {(address: string, id: number) => string} */
function withNotice(address, id) {
  if (!id) return address;
  const url = new URL(address, globalThis.location.origin);
  url.searchParams.set("notice", String(id));
  return url.pathname + url.search + url.hash;
}

/**
 * Opens an address of ours: in a window that is open, else in a new one.
 * @param {string} address
 */
async function lead(address) {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const present = windows.find(({ focused }) => focused) ?? windows[0];
  try {
    const shown = await present.focus();
    const { pathname, search } = new URL(shown.url);
    if (pathname + search !== address) await shown.navigate(address);
  } catch {
    // None was open, or it belongs to an older worker and may not be led elsewhere.
    await worker.clients.openWindow(address);
  }
}

/**
 * Tells the server of the subscription that replaces an earlier one; nobody has asked for it.
 * @type {(earlier: PushSubscription | null, current: PushSubscription | null) => Promise<void>}
 */
export async function renew(earlier, current) {
  const subscription = current ?? (await subscribeAgain(earlier));
  const { endpoint = "", keys } = subscription.toJSON();
  const how = { replaces: earlier?.endpoint ?? "", by_itself: "1" };
  const body = new URLSearchParams({ endpoint, ...keys, ...how });
  await fetchSignedIn("/devices", { method: "POST", body, headers: { "HX-Request": "true" } });
}

/** @param {PushSubscription | null} earlier */
async function subscribeAgain(earlier) {
  const applicationServerKey =
    earlier?.options.applicationServerKey ?? (await (await fetch("/devices/key")).text());
  const options = { userVisibleOnly: true, applicationServerKey };
  return worker.registration.pushManager.subscribe(options);
}
