// Says what waits to be sent, and keeps trying: on start, with a network, when the page is looked at,
// and now and then. Whether the browser believes in a network is not asked: it is tried.

import { all } from "../offline/outbox.js";
import { mark } from "../offline/pending-marks.js";
import { isHere } from "../offline/repair.js";
import { nobodySends, send } from "../offline/sender.js";

const AGAIN = 6000; // milliseconds after something was saved, should its first try have failed
const EVERY = 30_000; // milliseconds; not every telephone sends in the background

export default async function outbox(notice) {
  const show = async () => {
    const everything = await all().catch(() => []); // a browser that keeps nothing
    const items = everything.filter((item) => !isHere(item));
    const wrong = items.filter(({ value }) => value.problem).length;
    const { one, more, problem } = notice.dataset;
    const words = items.length === 1 ? one : more.replace("{num}", items.length);
    notice.querySelector("a").textContent = wrong ? problem : words;
    notice.classList.toggle("warn", wrong > 0);
    notice.hidden = items.length === 0 || location.pathname === "/waiting";
    mark(everything);
    document.dispatchEvent(new CustomEvent("outbox", { detail: everything }));
    return items.length;
  };

  const attempt = async () => {
    if (document.hidden || !(await show())) return;
    await inBackground();
    const results = await send();
    const became = [...results.values()].map(({ said }) => said);
    if (became.includes("signed out")) return leave();
    if (!became.length) await nobodySends(); // the worker does: what it finds is shown at once
    await show();
  };

  addEventListener("online", attempt);
  document.addEventListener("visibilitychange", attempt);
  document.addEventListener("posted", () => {
    setTimeout(attempt, AGAIN);
    return Promise.all([show(), inBackground()]);
  });
  document.addEventListener("try-now", attempt);
  setInterval(attempt, EVERY);
  await attempt();
}

// Signed out from afar, or by somebody else's sign-in: the sign-in page locks away what is here.
const leave = () => location.reload();

// Where the browser can, it sends once there is a network, with no page open.
async function inBackground() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("outbox").catch(() => {}); // not allowed: then from here
}
