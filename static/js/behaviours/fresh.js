// A list that is looked at again is asked for anew. Who stands on it, and in which order, never changes
// under a finger: that is said, and shown on a tap. Everything else is brought up to date quietly.
import { keep } from "../offline/pages.js";
import { user } from "../offline/store.js";
import ahead from "./ahead.js";

const OLD = 60_000; // milliseconds

export default function fresh(notice) {
  let seen = Date.now();
  let latest = null;

  const look = async () => {
    if (document.hidden || Date.now() - seen < OLD) return;
    seen = Date.now();
    const headers = { "X-Rounds-Ahead": "1" };
    const answer = await fetch(location.href, { headers }).catch(() => null);
    if (!answer?.ok) return;
    if (answer.headers.get("X-Rounds-User") !== user()) return location.reload(); // signed out, or anew
    await keep(location.href, answer.clone());
    latest = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (order(latest) === order(document)) show();
    else notice.hidden = false;
    await ahead(); // an app that stayed open overnight has yesterday's
  };

  const show = () => {
    const [mine, theirs] = [document, latest].map((page) => page.getElementById("main"));
    if (mine.contains(document.activeElement) && document.activeElement !== mine) return;
    for (const part of parts(mine)) part.remove();
    mine.append(...parts(theirs));
    delete document.body.dataset.stored;
    document.getElementById("stored").hidden = true;
    document.dispatchEvent(new Event("try-now")); // who waits to be sent is not called again
  };

  notice.querySelector("button").addEventListener("click", () => {
    document.activeElement.blur();
    show();
    notice.hidden = true;
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  });
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
}

const order = (page) =>
  [...page.querySelectorAll("[data-row]")].map((row) => row.dataset.row).join();

// What the server says; what this phone says for itself stays.
const parts = (main) =>
  [...main.children].filter((one) => !one.matches("[data-phone], [data-when-idle]"));
