// The list of what waits to be sent: what it is, since when, why it was not taken, and what to do.
import { mend } from "../offline/mending.js";
import { all, drop } from "../offline/outbox.js";
import { said } from "../offline/times.js";

export default async function waiting(place) {
  const list = place.querySelector("ul");
  const row = place.querySelector("template");

  const entry = (item) => {
    const { label, at, problem } = item.value;
    const made = row.content.cloneNode(true);
    made.querySelector("[data-label]").textContent = label;
    made.querySelector("time").textContent = said(new Date(at), true);
    for (const words of made.querySelectorAll("[data-status]"))
      words.hidden = !problem || !says(words, problem.status);
    const does = { mend: () => mend(item), drop: () => sure(item) };
    for (const button of made.querySelectorAll("[data-do]")) {
      button.hidden = !problem;
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
    place.querySelector("[data-none]").hidden = items.length > 0;
    place.querySelector("[data-some]").hidden = items.length === 0;
  };

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
