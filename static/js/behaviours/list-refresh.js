// A list that is looked at again is asked for anew. Who stands on it, and in which order, never changes
// under a finger: that is said, and shown on a tap. Everything else is brought up to date quietly.
import { latest, show, showQuietly } from "../offline/replace-main.js";
import ahead from "./prefetch.js";

const OLD = 60_000; // milliseconds

export default function fresh(notice) {
  let seen = Date.now();
  let page = null;

  const look = async () => {
    if (!document.hidden && Date.now() - seen >= OLD) await ask();
  };

  const ask = async () => {
    seen = Date.now();
    page = await latest();
    if (!page) return;
    if (sameOrder(page)) showQuietly(page);
    else notice.hidden = false;
    await ahead(); // an app that stayed open overnight has yesterday's
  };

  notice.querySelector("button").addEventListener("click", () => {
    document.activeElement.blur();
    show(page);
    notice.hidden = true;
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  });
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  document.addEventListener("reached", ask); // what was sent from here is no news to anybody
}

// But for whoever is off the list as something of theirs still waits to be sent.
function sameOrder(page) {
  const [mine, theirs] = [document, page].map((one) => [...one.querySelectorAll("[data-row]")]);
  const waits = mine.filter((row) => row.hidden && !("sent" in row.dataset)).map(client);
  const order = (rows) =>
    rows
      .map(client)
      .filter((one) => !waits.includes(one))
      .join();
  return order(theirs) === order(mine.filter((row) => !row.hidden));
}

const client = (row) => row.dataset.row;
