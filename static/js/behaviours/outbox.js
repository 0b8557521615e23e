// Says what waits to be sent, and keeps trying: at the start, when a network comes, when the page is
// looked at, and at intervals. The browser's own idea of a network is not asked: sending is tried.
import { AppEvent, emit, listen } from "../events.js";
import { all } from "../offline/outbox.js";
import { mark } from "../offline/pending-marks.js";
import { isRepairedHere } from "../offline/repair.js";
import { Result, send, senderIsIdle } from "../offline/sender.js";

const RETRY_AFTER = 6000; // milliseconds after something was saved, should its first try have failed
const INTERVAL = 30_000; // milliseconds; not every phone sends in the background

/** @param {Marked<"one" | "more" | "problem">} notice */
export default async function outbox(notice) {
  const refresh = async () => {
    const items = await all().catch(() => []); // a browser without a database
    const waiting = items.filter((item) => !isRepairedHere(item));
    show(notice, waiting);
    mark(items);
    emit(AppEvent.OUTBOX_CHANGED, items);
    return waiting.length > 0;
  };

  const attempt = async () => {
    if (document.hidden || !(await refresh())) return;
    await registerSync();
    const outcomes = [...(await send()).values()];
    // Signed out elsewhere, or by another person's sign-in: the sign-in page wipes what is here.
    if (outcomes.some(({ result }) => result === Result.SIGNED_OUT)) return location.reload();
    if (!outcomes.length) await senderIsIdle(); // the worker sends: its outcome is shown at once
    await refresh();
  };

  addEventListener("online", attempt);
  document.addEventListener("visibilitychange", attempt);
  listen(AppEvent.OUTBOX_QUEUED, () => {
    setTimeout(attempt, RETRY_AFTER);
    return Promise.all([refresh(), registerSync()]);
  });
  listen(AppEvent.OUTBOX_FLUSH, attempt);
  setInterval(attempt, INTERVAL);
  await attempt();
}

/** @type {(notice: Marked<"one" | "more" | "problem">, items: OutboxItem[]) => void} */
function show(notice, items) {
  const refused = items.some(({ value }) => value.problem);
  const { one: singular, more: plural, problem } = notice.dataset;
  const words = items.length === 1 ? singular : plural.replace("{num}", String(items.length));
  notice.querySelector("a").textContent = refused ? problem : words;
  notice.classList.toggle("warn", refused);
  notice.hidden = items.length === 0 || location.pathname === "/waiting";
}

// Where the browser has background sync, the worker sends once there is a network, with no page open.
async function registerSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("outbox").catch(() => {}); // not allowed: the page sends
}
