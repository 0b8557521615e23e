// Where notifications were turned on: tells the server of the subscription again, once for each opening
// of the app, in case either side has lost it. Today says where that fails, and offers to turn them on.
import { PUSH_POSTED } from "../notices/posted.js";
import { fieldsOf, setWanted, subscribe } from "../notices/subscription.js";

const GONE = 410; // its push service ended it, and the browser does not know

export default async function renew() {
  const line = document.getElementById("push-lost");
  line?.querySelector("[data-do=on]").addEventListener("click", () => turnOn(line));
  line?.querySelector("[data-do=off]").addEventListener("click", () => {
    setWanted(false);
    line.hidden = true;
  });
  const { user = "" } = document.body.dataset;
  if (!navigator.onLine || sessionStorage.getItem(PUSH_POSTED) === user) return;
  const isOn = Notification.permission === "granted" && (await post({ by_itself: "1" }));
  if (isOn) sessionStorage.setItem(PUSH_POSTED, user);
  else if (line) line.hidden = false;
}

/**
 * @param {Record<string, string>} [how]
 * @returns {Promise<boolean>} whether the server will send to this browser
 */
async function post(how = {}) {
  try {
    const key = await (await fetch("/devices/key")).text();
    const present = await subscribe(key);
    const answer = await send({ ...fieldsOf(present), ...how });
    if (answer.status !== GONE) return answer.ok;
    const replaces = present.endpoint;
    return (await send({ ...fieldsOf(await subscribe(key, true)), ...how, replaces })).ok;
  } catch {
    return false;
  }
}

/** @type {(values: Record<string, string>) => Promise<Response>} */
function send(values) {
  const headers = { "HX-Request": "true", "X-Rounds-User": document.body.dataset.user ?? "" };
  const body = new URLSearchParams(values);
  return fetch("/devices", { method: "POST", body, headers, redirect: "manual" });
}

/** @param {HTMLElement} line */
async function turnOn(line) {
  if ((await Notification.requestPermission()) === "granted" && (await post())) {
    setWanted(true);
    line.hidden = true;
  } else location.assign("/me#notifications"); // which says what stands in the way
}
