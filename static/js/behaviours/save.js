// Saves a form on this phone first, then sends it: with no network it is said, and goes later.
import { attempts, forgetNotes, onward, written } from "../offline/call-attempts.js";
import { isLoose } from "../offline/notes.js";
import { add } from "../offline/outbox.js";
import { storedAt } from "../offline/pages.js";
import { letGo, takeInHand, takeUp } from "../offline/repair.js";
import { asksForMore } from "../offline/required-fields.js";
import { send } from "../offline/sender.js";

const SOON = 5000; // milliseconds in which most answers come; after that life goes on
const SAYS = { 409: "taken", 413: "large" };

export default async function save(form) {
  const button = form.querySelector("[type=submit]:not([form])");
  // A short form has no lines of its own: those of its page speak for it.
  const lines = (form.querySelector("[data-say]") ?? document.querySelector("[data-say]")).children;

  const say = (what) => {
    for (const line of lines) line.hidden = line.dataset.for !== what;
    button.disabled = what === "sending" || what === "kept";
  };

  let mends = await takeUp(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (asksForMore(form)) return;
    say("sending");
    try {
      const said = await contents(form);
      await written();
      const number = await add({ ...said, replaces: mends });
      if (mends) letGo();
      mends = number;
      document.dispatchEvent(new Event("posted"));
      await settle(number, await Promise.race([send(number), after(SOON)]));
    } catch (problem) {
      say(problem.name === "QuotaExceededError" ? "full" : "closed");
    }
  });

  async function settle(number, results) {
    const { said, location: way, html, status } = results?.get(number) ?? { said: "later" };
    if (said === "sent") go(way);
    else if (said === "signed out") signInFirst(way);
    else if (said !== "problem") await goOn(number);
    else {
      takeInHand(number);
      document.dispatchEvent(new Event("posted")); // it waits for whoever looks at it
      if (!show(html, number)) say(SAYS[status] ?? "refused");
    }
  }

  function go(way) {
    forgetNotes(form.elements.key.value);
    location.assign(onward(way));
  }

  // It is kept, and sent once they are back: so back to where saving leads.
  function signInFirst(address) {
    forgetNotes(form.elements.key.value);
    const page = new URL(address || "/sign-in", location);
    page.searchParams.set("next", leadsTo());
    location.assign(page);
  }

  const leadsTo = () => form.elements.next?.value || back();

  // On to the next, where there is a copy of it; else it is waited for here until it has arrived.
  async function goOn(number) {
    const way = leadsTo();
    const stays = isLoose(form.elements.key.value); // its sound would be gone with this page
    if (!stays && (attempts().length > 1 || (await storedAt(way)))) return go(way);
    say("kept");
    document.addEventListener("outbox", ({ detail }) => {
      if (!detail.some((item) => item.number === number)) go(way);
    });
  }

  function show(html, number) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-behaviour~=save]");
    if (!fresh) return false;
    fresh.dataset.mends = number;
    const clash = page.querySelector("main > .problems"); // stands before the form
    form.replaceWith(...[clash, fresh].filter(Boolean));
    (clash ?? fresh.querySelector(".problems"))?.focus();
    return true;
  }
}

async function contents(form) {
  const running = [];
  form.dispatchEvent(new CustomEvent("finish", { detail: running })); // a recording that still runs
  await Promise.all(running);
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const { client, label } = form.dataset;
  const from = location.pathname + location.search;
  const { pathname, search } = new URL(form.action);
  return { to: pathname + search, fields, client, label, from };
}

const back = () => document.querySelector("a.back")?.pathname ?? "/today";
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
