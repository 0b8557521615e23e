// The page of the outbox: what each item is, since when it waits, why the server refused it, and what
// can be done about that.
import { AppEvent, emit, listen } from "../events.js";
import { formatTime } from "../offline/format-time.js";
import { all, drop, unreadable } from "../offline/outbox.js";
import { repair } from "../offline/repair.js";

const GONE = 404; // there is no form any more to repair it in

/** @param {Marked<"sure">} place */
export default async function outboxPage(place) {
  const list = place.querySelector("ul");
  const template = place.querySelector("template");

  const dropIfSure = async (/** @type {OutboxItem} */ item) => {
    if (!confirm(place.dataset.sure)) return;
    await drop(item);
    show(await all());
  };

  const entry = (/** @type {OutboxItem} */ item) => {
    const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    describe(row, item);
    const { problem } = item.value;
    /** @type {Record<string, () => unknown>} */
    const actions = { mend: () => repair(item), drop: () => dropIfSure(item) };
    for (const button of /** @type {NodeListOf<Marked<"do">>} */ (
      row.querySelectorAll("[data-do]")
    )) {
      const action = button.dataset.do;
      button.hidden = !problem || (action === "mend" && problem.status === GONE);
      button.addEventListener("click", actions[action]);
    }
    return row;
  };

  const show = (/** @type {OutboxItem[]} */ items) => {
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
  listen(AppEvent.OUTBOX_CHANGED, show);
  place.querySelector("[data-try]").addEventListener("click", () => emit(AppEvent.OUTBOX_FLUSH));
  show(await all());
}

/** @type {(row: DocumentFragment, item: OutboxItem) => void} */
function describe(row, { value: { label, at, problem, fields } }) {
  row.querySelector("[data-label]").textContent = label ?? "";
  row.querySelector("time").textContent = formatTime(new Date(at), true);
  for (const words of /** @type {NodeListOf<Marked<"status">>} */ (
    row.querySelectorAll("[data-status]")
  ))
    words.hidden = !problem || Boolean(problem.words) || !isFor(words, problem.status);
  row.querySelector("[data-words]").textContent = problem?.words ? ` · ${problem.words}` : "";
  const typed = problem && longestText(fields);
  const quote = row.querySelector("[data-typed]");
  quote.textContent = typed ?? "";
  quote.hidden = !typed;
}

/** @type {(words: Marked<"status">, status: number) => boolean} whether they explain that status */
function isFor(words, status) {
  const statuses = words.dataset.status.split(" ");
  const isOther = ![409, 413, 422, 404].includes(status);
  return statuses.includes(String(status)) || (statuses[0] === "" && isOther);
}

// What was typed at length can be read and copied here, where no form is left for it.
function longestText(/** @type {OutboxItem["value"]["fields"]} */ fields) {
  const texts = fields.map(([, text]) => text).filter((text) => text.trim().includes(" "));
  return texts.sort((shorter, longer) => longer.length - shorter.length)[0];
}
