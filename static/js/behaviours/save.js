// Saves a form on this phone first, then sends it: with no network it is said and goes later.
import { forgetNotes, onward } from "../offline/attempts.js";
import { takeUp } from "../offline/mending.js";
import { add, all, drop } from "../offline/outbox.js";
import { send } from "../offline/sending.js";

const SOON = 5000; // milliseconds in which most answers come; after that life goes on
const SAYS = { 409: "taken", 413: "large" };

export default function save(form) {
  const key = form.elements.key.value;
  const button = form.querySelector("[type=submit]:not([form])");

  const say = (what) => {
    for (const line of form.querySelectorAll("[data-say] > *"))
      line.hidden = line.dataset.for !== what;
    button.disabled = what === "sending";
  };

  takeUp(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("sending");
    try {
      const number = await add(await contents(form));
      document.dispatchEvent(new Event("posted"));
      settle(number, await Promise.race([send(number), after(SOON)]));
    } catch (problem) {
      say(problem.name === "QuotaExceededError" ? "full" : "closed");
    }
  });

  async function settle(number, results) {
    const { said, location: way, html, status } = results?.get(number) ?? { said: "later" };
    if (said === "sent") go(way);
    else if (said === "signed out") location.assign(signIn(way));
    else if (said !== "problem") go(form.elements.next?.value || back());
    else {
      await takeBack(number);
      if (html) show(html);
      else say(SAYS[status] ?? "refused");
    }
  }

  // Out of the outbox again, with the note left where it is: it stands in the form, to be mended.
  async function takeBack(number) {
    const item = (await all()).find((one) => one.number === number);
    if (item) await drop({ ...item, value: { ...item.value, key: "" } });
  }

  function go(way) {
    forgetNotes(key);
    location.assign(onward(way));
  }

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-behaviour~=save]");
    form.replaceWith(fresh);
    fresh.querySelector(".problems")?.focus();
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
