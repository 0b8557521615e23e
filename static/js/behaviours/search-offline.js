// Without a network the list of clients is what lies on this phone: searched as it is typed, each
// contact with a number to dial.
import { readIndex } from "../offline/client-index.js";
import { namedFirst, search } from "../offline/client-search.js";
import { formatTime } from "../offline/format-time.js";

const MOST = 30; // clients; more are searched for

/** @param {SearchForm} form */
export default async function searchOffline(form) {
  if (!document.body.dataset.stored) return;
  const { q: field } = form.elements;
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  const reading = readIndex().catch(() => null); // a browser without a database has none
  const show = async () => showIndex(form, await reading, field.value);
  // htmx listens at the field, and would ask the server.
  const answer = (/** @type {Event} */ event) => {
    event.stopPropagation();
    if (event.type === "submit") event.preventDefault();
    return show();
  };
  for (const name of ["input", "search", "submit"])
    form.addEventListener(name, answer, { capture: true });
  await show();
}

/** @typedef {FormWith<"q"> & Marked<"stale" | "filtered" | "nothing" | "noList" | "more">} SearchForm */

/** @type {(form: SearchForm, index: Awaited<ReturnType<typeof readIndex>>, typed: string) => void} */
function showIndex({ dataset: words }, index, typed) {
  const book = document.getElementById("book");
  if (!index) return book.replaceChildren(line(words.noList));
  const today = index.at.toDateString() === new Date().toDateString();
  document.querySelector("#stored [data-words]").textContent = words.stale.replace(
    "{time}",
    formatTime(index.at, !today),
  );
  const matching = search(index.clients, typed);
  const shown = matching.slice(0, MOST);
  const list = Object.assign(document.createElement("ul"), { className: "card list" });
  list.append(...shown.flatMap((client) => rowsOf(client, typed)));
  const rest = matching.length - shown.length;
  book.replaceChildren(
    ...(isFiltered() ? [line(words.filtered)] : []),
    ...(shown.length ? [list] : [line(words.nothing.replace("{typed}", typed))]),
    ...(rest ? [line(words.more.replace("{num}", String(rest)))] : []),
  );
}

const isFiltered = () =>
  [...new URLSearchParams(location.search)].some(
    ([name, value]) => ["show", "owner", "tier", "town"].includes(name) && value,
  );

const line = (/** @type {string} */ text) =>
  Object.assign(document.createElement("p"), { className: "status", textContent: text });

/** @type {(client: IndexedClient, typed: string) => HTMLElement[]} a row for each number there */
function rowsOf(client, typed) {
  const contacts = namedFirst(client[3], typed);
  const calls = contacts.flatMap((contact) => contact[2].map((number) => ({ contact, number })));
  if (!calls.length) return [rowOf(client, contacts[0]?.[1] ?? "")];
  return calls.map(({ contact, number }) => {
    const [, name, numbers] = contact;
    return rowOf(client, numbers.length > 1 ? `${name} · ${number}` : name, { contact, number });
  });
}

/** @type {(client: IndexedClient, why: string, call?: { contact: IndexedContact, number: string }) => HTMLElement} */
function rowOf([id, name, town], why, call) {
  /** @type {HTMLTemplateElement} */
  const template = document.getElementById("phone-row");
  const row = /** @type {HTMLElement} */ (
    document.importNode(template.content, true).firstElementChild
  );
  const title = row.querySelector("a");
  title.href = `/clients/${id}`;
  title.textContent = name;
  row.querySelector("span").textContent = town ?? "";
  row.querySelector("p").textContent = why;
  /** @type {HTMLAnchorElement} */
  const link = row.querySelector("a.go");
  if (call) fillCall(link, String(id), call);
  else link.remove();
  return row;
}

/** As templates/_dial.html has it. @type {(link: HTMLAnchorElement, client: string, call: { contact: IndexedContact, number: string }) => void} */
function fillCall(link, client, { contact: [id, name], number }) {
  const firstName = name.split(/\s/)[0];
  link.href = `tel:${number}`;
  link.ariaLabel = link.ariaLabel?.replace("{name}", firstName) ?? firstName;
  Object.assign(link.dataset, {
    behaviour: "dial",
    client,
    contact: String(id),
    name: firstName,
    kind: "call",
  });
}
