// This page is a copy from this phone: say how old it is, and make it fit for this one use of it.
import { said } from "../offline/times.js";

export default function stored(notice) {
  const at = new Date(Number(document.body.dataset.stored));
  const today = at.toDateString() === new Date().toDateString();
  const line = notice.querySelector("[data-words]");
  line.textContent = line.dataset.words.replace("{time}", said(at, !today));
  notice.hidden = false;

  // Each use of a form is a write of its own.
  for (const field of document.querySelectorAll("input[name=key]"))
    field.value = crypto.randomUUID();
  const form = document.querySelector("form.after");
  if (form) ask(form);
}

// How it went, for the attempt that the address names.
function ask(form) {
  const asked = new URL(location);
  const { searchParams } = asked;
  if (!searchParams.has("key")) {
    searchParams.set("key", crypto.randomUUID());
    searchParams.set("at", new Date().toISOString());
    history.replaceState(null, "", asked); // a reload asks about the same attempt again
  }
  for (const name of ["key", "contact", "kind", "direction", "next", "next_name"]) {
    const field = form.querySelector(`input[type=hidden][name=${name}]`);
    if (field && searchParams.has(name)) field.value = searchParams.get(name);
  }
  const at = form.elements.at;
  const moment = new Date(searchParams.get("at") ?? Date.now());
  if (at) at.value = at.type === "hidden" ? moment.toISOString() : local(moment);
  for (const one of document.querySelectorAll("[data-key]"))
    one.dataset.key = form.elements.key.value;
}

function local(moment) {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
