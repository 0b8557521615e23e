// The events by which the scripts of one page tell each other what happened. None leaves its page:
// the worker is told by the browser.
export const AppEvent = Object.freeze({
  OUTBOX_QUEUED: "outbox:queued", // an item was added, or waits again
  OUTBOX_DELIVERED: "outbox:delivered", // the server took items, from this page or from the worker
  OUTBOX_CHANGED: "outbox:changed", // with every item, after each look at the outbox
  OUTBOX_FLUSH: "outbox:flush", // asks for an attempt to send now
  STORE_UNLOCKED: "store:unlocked", // the key has come: encrypted rows can be read again
  RECORDER_FINISH: "recorder:finish", // at a form: stop recording, and push when that is done
});

/**
 * Sends an event at the document, or at `target`.
 * @template {keyof EventDetails} Name
 * @param {Name} name
 * @param {EventDetails[Name]} [detail]
 * @param {EventTarget} [target]
 */
export function emit(name, detail, target = document) {
  target.dispatchEvent(new CustomEvent(name, { detail }));
}

/**
 * Calls `handler` with the detail of each such event.
 * @template {keyof EventDetails} Name
 * @param {Name} name
 * @param {(detail: EventDetails[Name]) => unknown} handler
 * @param {EventTarget} [target]
 */
export function listen(name, handler, target = document) {
  target.addEventListener(name, (event) => handler(/** @type {CustomEvent} */ (event).detail));
}
