// Back in the app: the first thing is how it went, whether the page stayed, was reloaded or killed.
import { address, attempts, recoverAgain, recovered } from "../offline/call-attempts.js";

const HAND_OFF = 1500; // milliseconds in which the telephone takes over
const QUESTION = "/interactions/new";
// The question itself, and a form that was opened from it and leads back.
const onTheWay = () =>
  location.pathname === QUESTION || document.querySelector(`[name=next][value^="${QUESTION}"]`);

export default function comeBack() {
  let wasAway = document.hidden;

  const ask = () => {
    const [attempt] = attempts();
    if (!attempt || document.hidden || onTheWay()) return;
    const early = HAND_OFF - (Date.now() - Date.parse(attempt.at));
    if (!wasAway && early > 0) setTimeout(ask, early);
    else location.assign(address(attempt));
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) wasAway = true;
    else ask();
  });
  addEventListener("pageshow", (event) => event.persisted && ask());
  document.addEventListener("unsealed", () => recoverAgain().then(ask));
  const back = recovered(); // also after a crash of the browser, which takes what was noted last
  if (putOff()) return;
  ask();
  back.then(ask);
}

// Whoever goes on from the question by a link wants to look something up first.
function putOff() {
  const [visit] = performance.getEntriesByType("navigation");
  const from = URL.canParse(document.referrer) && new URL(document.referrer).pathname;
  return visit?.type === "navigate" && from === QUESTION;
}
