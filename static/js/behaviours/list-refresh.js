// Refreshes the list when it is looked at again. Its rows and their order never change under a finger:
// a notice says so, and a tap shows them. Everything else is refreshed quietly.
import { AppEvent, listen } from "../events.js";
import { fetchLatest, replaceMain, replaceMainIfIdle } from "../offline/replace-main.js";
import prefetch from "./prefetch.js";

const STALE = 60_000; // milliseconds

/** @param {HTMLElement} notice */
export default function refreshList(notice) {
  let fetchedAt = Date.now();
  /** @type {Document | null} */
  let page = null;

  const refreshIfStale = async () => {
    if (!document.hidden && Date.now() - fetchedAt >= STALE) await refresh();
  };

  const refresh = async () => {
    fetchedAt = Date.now();
    page = await fetchLatest();
    if (!page) return;
    if (hasSameOrder(page)) replaceMainIfIdle(page);
    else notice.hidden = false;
    await prefetch(); // an app that stayed open overnight has yesterday's copies
  };

  notice.querySelector("button").addEventListener("click", () => {
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    if (page) replaceMain(page);
    notice.hidden = true;
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  });
  document.addEventListener("visibilitychange", refreshIfStale);
  addEventListener("pageshow", refreshIfStale);
  listen(AppEvent.OUTBOX_DELIVERED, refresh); // what this phone sent is no news to its person
}

/**
 * Clients who are hidden here because something of theirs waits to be sent do not count.
 * @param {Document} page
 */
function hasSameOrder(page) {
  const rows = rowsOf(document);
  const waiting = rows.filter((row) => row.hidden && !("sent" in row.dataset)).map(client);
  const here = rows.filter((row) => !row.hidden).map(client);
  const there = rowsOf(page).map(client);
  const order = (/** @type {string[]} */ clients) =>
    clients.filter((id) => !waiting.includes(id)).join();
  return order(there) === order(here);
}

const rowsOf = (/** @type {Document} */ page) => [
  .../** @type {NodeListOf<Marked<"row">>} */ (page.querySelectorAll("[data-row]")),
];

const client = (/** @type {Marked<"row">} */ row) => row.dataset.row;
