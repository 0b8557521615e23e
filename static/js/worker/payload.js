// What a push says: in our own shape, in that of declarative web push (WebKit), or in neither. A browser
// demands that each push shows something, so whatever arrives is read as something to show.
import { worker } from "./lists.js";

const LIST = "/today";

/** @type {(event: Pick<PushEvent, "data" | "notification" | "appBadge">) => PushMessage | null} */
export function messageOf({ data, notification, appBadge }) {
  if (data || !notification) return data;
  return { json: () => ({ notification, app_badge: appBadge }) };
}

/** @type {(message: PushMessage | null) => Payload} */
export function read(message) {
  const ours = parse(message);
  const declared = object(ours.notification);
  const title = text(ours.title) || text(declared.title);
  const words = title ? { title, body: text(ours.body) || text(declared.body) } : worker.words;
  return {
    ...words,
    id: count(ours.id) ?? noticeIn(path(declared.navigate)),
    url: path(ours.url) || path(declared.navigate) || LIST,
    tag: text(ours.tag) || text(declared.tag) || "rounds",
    badge: count(ours.badge) ?? count(declared.app_badge) ?? count(ours.app_badge),
    actions: [...actions(ours.actions), ...actions(declared.actions)].filter(isFirst),
  };
}

/** @type {(message: PushMessage | null) => Record<string, unknown>} */
function parse(message) {
  try {
    return object(message?.json());
  } catch {
    return {};
  }
}

const object = (/** @type {unknown} */ value) =>
  /** @type {Record<string, unknown>} */ (typeof value === "object" && value ? value : {});

const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value.trim() : "");

/** @type {(value: unknown) => number | null} a whole number, which WebKit wants as a text */
const count = (value) => (/^\d{1,9}$/.test(String(value ?? "")) ? Number(value) : null);

/** @type {(value: unknown) => string} the path of an address of this site; nothing for another */
function path(value) {
  const { origin } = globalThis.location;
  if (!text(value) || !URL.canParse(text(value), origin)) return "";
  const address = new URL(text(value), origin);
  return address.origin === origin ? address.pathname + address.search + address.hash : "";
}

/** @type {(address: string) => number} the notice that an address of ours names, 0 for none */
const noticeIn = (address) =>
  count(new URLSearchParams(address.split("?")[1]?.split("#")[0]).get("notice")) ?? 0;

/** @type {(values: unknown) => PayloadAction[]} */
const actions = (values) =>
  (Array.isArray(values) ? values : [])
    .map(object)
    .map(({ name, action, title, url, navigate }) => ({
      action: text(action) || text(name),
      title: text(title),
      url: path(url) || path(navigate),
    }))
    .filter(({ action, title }) => action && title);

/** @type {(own: PayloadAction, place: number, all: PayloadAction[]) => boolean} */
const isFirst = ({ action }, place, all) =>
  all.findIndex((each) => each.action === action) === place;
