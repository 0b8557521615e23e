// The list of what waits to be sent: what it is, since when, why it was not taken, and what to do.

import { said } from "../offline/format-time.js";
import { all, drop, unreadable } from "../offline/outbox.js";
import { mend } from "../offline/repair.js";

const GONE = 404; // there is no form to put it right in any more

export default async function waiting(place) {
  const list = place.querySelector("ul");
  const row = place.querySelector("template");

  const entry = (item) => {
    const { label, at, problem, fields } = item.value;
    const made = row.content.cloneNode(true);
    made.querySelector("[data-label]").textContent = label;
    made.querySelector("time").textContent = said(new Date(at), true);
    for (const words of made.querySelectorAll("[data-status]"))
      words.hidden = !problem || problem.words || !says(words, problem.status);
    made.querySelector("[data-words]").textContent = problem?.words ? ` · ${problem.words}` : "";
    const typed = problem && longest(fields);
    const quote = made.querySelector("[data-typed]");
    quote.textContent = typed ?? "";
    quote.hidden = !typed;
    const does = { mend: () => mend(item), drop: () => sure(item) };
    for (const button of made.querySelectorAll("[data-do]")) {
      button.hidden = !problem || (button.dataset.do === "mend" && problem.status === GONE);
      button.addEventListener("click", () => does[button.dataset.do](button));
    }
    return made;
  };

  const sure = async (item) => {
    if (!confirm(place.dataset.sure)) return;
    await drop(item);
    show(await all());
  };

  const show = (items) => {
    list.replaceChildren(...items.map(entry));
    place.querySelector("[data-none]").hidden = items.length > 0 || lost.length > 0;
    place.querySelector("[data-lost]").hidden = lost.length === 0;
    place.querySelector("[data-some]").hidden = items.length === 0;
  };

  const lost = await unreadable();
  place.querySelector("[data-lost] button").addEventListener("click", async () => {
    for (const number of lost.splice(0)) await drop({ number });
    show(await all());
  });
  document.addEventListener("outbox", ({ detail }) => show(detail));
  place
    .querySelector("[data-try]")
    .addEventListener("click", () => document.dispatchEvent(new Event("try-now")));
  show(await all());
}

function says(words, status) {
  const meant = words.dataset.status.split(" ");
  return (
    meant.includes(String(status)) || (meant[0] === "" && ![409, 413, 422, 404].includes(status))
  );
}

// What was typed at length, so that it can be read and copied where no form is left for it.
function longest(fields) {
  const texts = fields.map(([, text]) => text).filter((text) => text.trim().includes(" "));
  return texts.sort((one, other) => other.length - one.length)[0];
}
