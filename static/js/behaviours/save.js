// Sends the answers and the spoken note together; nothing kept here goes before they have arrived.
import { forget, onward } from "../offline/attempts.js";
import { read } from "../offline/notes.js";

const PATIENCE = 60_000;
const SAYS = { 409: "taken", 413: "large" };

export default function save(form) {
  const key = form.elements.key.value;
  const button = form.querySelector("[data-again]");

  const say = (what) => {
    for (const line of form.querySelectorAll("[data-say] > *"))
      line.hidden = line.dataset.for !== what;
    button.disabled = what === "sending";
    if (what === "kept") button.textContent = button.dataset.again;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("sending");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: await contents(form, key),
        headers: { Prefer: "return=minimal" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      await settle(answer);
    } catch {
      say("kept");
    }
  });

  async function settle(answer) {
    if (answer.status === 201) {
      await forget(key);
      location.assign(onward(answer.headers.get("Location")));
    } else if (answer.status === 422) {
      await show(answer);
    } else if (answer.redirected) {
      location.assign(signIn(answer.url)); // signed out meanwhile
    } else {
      const final = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
      say(final ? (SAYS[answer.status] ?? "refused") : "kept");
    }
  }

  async function show(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.id);
    form.replaceWith(fresh);
    fresh.querySelector(".problems")?.focus();
  }
}

async function contents(form, key) {
  const running = [];
  form.dispatchEvent(new CustomEvent("finish", { detail: running })); // a recording that still runs
  await Promise.all(running);
  const body = new FormData(form);
  const note = await read(key);
  if (note) {
    body.set("audio", note.blob, "note");
    body.set("seconds", Math.min(180, Math.round(note.seconds)));
  }
  return body;
}

function signIn(address) {
  const page = new URL(address);
  page.searchParams.set("next", location.pathname + location.search);
  return page;
}
