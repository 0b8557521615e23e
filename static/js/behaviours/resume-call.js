// Back in the app after a call, the first page asks how it went: whether the page was left open, was
// reloaded or was killed meanwhile.
import {
  attempts,
  putOffAttempt,
  questionAddress,
  recoverAgain,
  recovered,
} from "../offline/call-attempts.js";

const HAND_OFF = 1500; // milliseconds in which the telephone takes over
const QUESTION = "/interactions/new";
const LIST = "/today"; // where calls that were put off are named
const LETTER = /^\/(contacts|interactions)\/\d+\/(update|recap)$/; // it asks what was sent
const asks = (/** @type {string} */ path) => path === QUESTION || LETTER.test(path);
// The question itself, and a form that was opened from it and leads back.
const isAtQuestion = () =>
  asks(location.pathname) || document.querySelector(`[name=next][value^="${QUESTION}"]`);

export default function resumeCall() {
  let wasAway = document.hidden;
  // Calls that were begun before a notification was tapped wait: it outranks them.
  const tappedAt = isTapped() ? Date.now() : 0;
  const isLeft = (/** @type {Attempt} */ { at, later }) => later || Date.parse(at) <= tappedAt;

  const ask = () => {
    const all = attempts();
    if (tappedAt || location.pathname === LIST) showLeft(all.filter(isLeft));
    const attempt = all.find((each) => !isLeft(each));
    if (!attempt || document.hidden || isAtQuestion()) return;
    const early = HAND_OFF - (Date.now() - Date.parse(attempt.at));
    if (!wasAway && early > 0) setTimeout(ask, early);
    else lead(attempt);
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) wasAway = true;
    else ask();
  });
  addEventListener("pageshow", (event) => event.persisted && ask());
  whenUnlocked(() => recoverAgain().then(ask));
  const recovery = recovered(); // after a crash of the browser the database has more
  document.querySelector("[data-put-off]")?.addEventListener("click", putOff);
  if (isLookingUp()) {
    if (location.pathname === LIST) showLeft(attempts().filter(isLeft));
    return;
  }
  ask();
  recovery.then(ask);
}

/**
 * Leads to the question. Without a network there may be no copy of it: then it waits as a line on top.
 * @param {Attempt} attempt
 */
async function lead(attempt) {
  const address = questionAddress(attempt);
  if (document.body.dataset.stored && !(await hasCopy(address))) showLeft([attempt]);
  else location.assign(address);
}

const hasCopy = (/** @type {string} */ address) =>
  import("../offline/pages.js").then(({ storedAt }) => storedAt(address)).catch(() => true);
/** @param {Event} event */
const putOff = ({ currentTarget }) =>
  putOffAttempt(/** @type {HTMLElement} */ (currentTarget).dataset.putOff ?? "");

// Imported late, with the database: nothing is unlocked before, and the page is usable sooner.
const whenUnlocked = (/** @type {() => unknown} */ handler) =>
  import("../events.js")
    .then(({ AppEvent, listen }) => listen(AppEvent.STORE_UNLOCKED, handler))
    .catch(() => {}); // then offline-setup.js, which says it, cannot be loaded either

// A reload, or a page that comes back after the browser was killed, is no tap.
const isTapped = () =>
  new URLSearchParams(location.search).has("notice") && visit()?.type === "navigate";

/** @param {Attempt[]} left what a line on top leads to */
function showLeft(left) {
  /** @type {Marked<"one" | "more">} */
  const line = document.getElementById("to-log");
  const [attempt] = left;
  line.hidden = !attempt;
  if (!attempt) return;
  const { one: singular, more: plural } = line.dataset;
  const link = line.querySelector("a");
  link.textContent = left.length === 1 ? singular : plural.replace("{num}", String(left.length));
  link.href = questionAddress(attempt);
}

const visit = () =>
  /** @type {PerformanceNavigationTiming | undefined} */ (
    performance.getEntriesByType("navigation")[0]
  );

// A person who follows a link away from the question wants to look something up first.
function isLookingUp() {
  const from = URL.canParse(document.referrer) && new URL(document.referrer).pathname;
  return visit()?.type === "navigate" && from && asks(from);
}
