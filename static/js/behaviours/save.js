// Saves a form on this phone first, then sends it: with no network it is said, and goes later.
import { attempts, forgetNotes, onward } from "../offline/attempts.js";
import { forgetMending, takeBack, takeUp } from "../offline/mending.js";
import { add, all } from "../offline/outbox.js";
import { storedAt } from "../offline/pages.js";
import { send } from "../offline/sending.js";

const SOON = 5000; // milliseconds in which most answers come; after that life goes on
const SAYS = { 409: "taken", 413: "large" };

export default function save(form) {
  const button = form.querySelector("[type=submit]:not([form])");

  const say = (what) => {
    for (const line of form.querySelectorAll("[data-say] > *"))
      line.hidden = line.dataset.for !== what;
    button.disabled = what === "sending" || what === "kept";
  };

  takeUp(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("sending");
    try {
      const number = await add(await contents(form));
      document.dispatchEvent(new Event("posted"));
      await settle(number, await Promise.race([send(number), after(SOON)]));
    } catch (problem) {
      say(problem.name === "QuotaExceededError" ? "full" : "closed");
    }
  });

  async function settle(number, results) {
    const { said, location: way, html, status } = results?.get(number) ?? { said: "later" };
    if (said === "sent") go(way);
    else if (said === "signed out") location.assign(signIn(way));
    else if (said !== "problem") await goOn(number);
    else {
      await takeBack((await all()).find((item) => item.number === number));
      document.dispatchEvent(new Event("posted")); // it waits no more
      if (!show(html)) say(SAYS[status] ?? "refused");
    }
  }

  function go(way) {
    forgetNotes(form.elements.key.value);
    forgetMending();
    location.assign(onward(way));
  }

  // On to the next, where there is a copy of it; else it is waited for here until it has arrived.
  async function goOn(number) {
    const way = form.elements.next?.value || back();
    if (attempts().length > 1 || (await storedAt(way))) return go(way);
    say("kept");
    document.addEventListener("outbox", ({ detail }) => {
      if (!detail.some((item) => item.number === number)) go(way);
    });
  }

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-behaviour~=save]");
    if (!fresh) return false;
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

function signIn(address) {
  const page = new URL(address || "/sign-in", location);
  page.searchParams.set("next", location.pathname + location.search);
  return page;
}
