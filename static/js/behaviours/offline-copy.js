// This page is a copy from this phone: say how old it is, and make it fit for this one use of it.
import { said } from "../offline/format-time.js";

export default function stored(notice) {
  const at = new Date(Number(document.body.dataset.stored));
  const today = at.toDateString() === new Date().toDateString();
  const line = notice.querySelector("[data-words]");
  const show = (words) => {
    line.textContent = words.replace("{time}", said(at, !today));
  };
  show(line.dataset.words);
  document.addEventListener("reached", () => show(line.dataset.back));
  notice.hidden = false;
  document.getElementById("flash").replaceChildren(); // was said once, to whoever was there then

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
  const { at, clock, at_phone: byPhone } = form.elements;
  const moment = new Date(searchParams.get("at") ?? Date.now());
  if (at) at.value = at.type === "hidden" ? moment.toISOString() : local(moment);
  if (clock) clock.value = searchParams.get("clock") ?? "";
  if (byPhone) byPhone.value = moment.toISOString();
  for (const one of document.querySelectorAll("[data-key]"))
    one.dataset.key = form.elements.key.value;
}

// As a field without a zone has it, on the person's clock.
function local(moment) {
  const { zone: timeZone } = document.body.dataset;
  return moment.toLocaleString("sv-SE", { timeZone }).replace(" ", "T").slice(0, 16);
}
