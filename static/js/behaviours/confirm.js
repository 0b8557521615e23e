// A "Yes" or a "No" goes to the server, without a network by way of the outbox. The card comes back
// whole, so what was changed at the others is put in again.
import { add, all, drop } from "../offline/outbox.js";

const changed = new Map();
const nameOf = (field) => `${field.form.action} ${field.name}`;

export default function confirm(card) {
  for (const field of card.querySelectorAll("input:not([type=hidden])"))
    if (changed.has(nameOf(field))) field.value = changed.get(nameOf(field));
  card.addEventListener("input", ({ target }) => changed.set(nameOf(target), target.value));

  const say = (form, words) => {
    form.querySelector("[data-said]")?.remove();
    const said = document.createElement("div");
    said.dataset.said = "";
    said.append(words.content.cloneNode(true));
    form.append(said);
  };
  let tapped = "";
  card.addEventListener("click", ({ target }) => {
    const button = target.closest("[name=answer]");
    if (!button) return;
    tapped = button.value;
    forgetRefused(button.form).catch(() => {});
  });
  card.addEventListener("htmx:error", ({ target }) => later(target.closest("form")));

  async function later(form) {
    try {
      await answerLater(form);
    } catch {
      say(form, document.getElementById("no-network")); // a browser that keeps nothing
    }
  }

  async function answerLater(form) {
    const { pathname, search } = new URL(form.action);
    const fields = [...new FormData(form), ["answer", tapped]];
    const { label } = form.dataset;
    const { client } = card.dataset;
    await add({ to: pathname + search, fields, client, label, from: "/today" });
    document.dispatchEvent(new Event("posted"));
  }

  // An answer to the same that the server did not take is over with this one.
  async function forgetRefused(form) {
    const { pathname } = new URL(form.action);
    const same = ({ value }) => value.problem && value.to.split("?")[0] === pathname;
    for (const item of (await all()).filter(same)) await drop(item);
  }

  card.addEventListener("htmx:response:error", ({ target, detail }) => {
    const { status } = detail.ctx.response;
    if (status >= 500) say(target.closest("form"), card.querySelector("[data-failed]"));
    else if (status !== 422) location.reload(); // it is somebody else's by now, or was answered
  });
}
