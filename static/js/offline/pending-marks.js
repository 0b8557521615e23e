// Marks on the page what waits to be sent, and what has gone since the server made the page.

let before = new Map(); // what waited when it was last looked at: number -> item

// `items` is everything in the outbox.
export function mark(items) {
  const gone = new Map(before);
  for (const { number } of items) gone.delete(number);
  before = new Map(items.map((item) => [item.number, item]));
  const coming = items.filter(({ value }) => !value.problem);
  markRows(coming, [...gone.values()]);
  markForms(coming);
  markClients(coming);
  if (gone.size) document.dispatchEvent(new Event("reached")); // by this page or by the worker
}

// Whoever was logged or put off is not to be called again from a list that does not know it yet; with
// what the server did not take they are back on it.
function markRows(coming, gone) {
  const [waiting, sent] = [coming, gone].map(clientsDone);
  let changed = false;
  for (const row of document.querySelectorAll("[data-row]")) {
    if (sent.has(row.dataset.row)) row.dataset.sent = "";
    const away = waiting.has(row.dataset.row) || "sent" in row.dataset;
    changed ||= row.hidden !== away;
    row.hidden = away;
  }
  if (changed) countAnew();
}

const clientsDone = (items) =>
  new Set(
    items
      .filter(({ value }) => /^\/interactions$|\/postponement$/.test(value.to))
      .map(({ value }) => value.client),
  );

// What was answered with a tap is not to be tapped again.
function markForms(items) {
  const sent = new Set(items.map(({ value }) => value.to.split("?")[0]));
  for (const form of document.querySelectorAll("form:has([data-later])"))
    form.classList.toggle("waits-here", sent.has(new URL(form.action).pathname));
}

// The page of a client is a stored one: it does not know yet what was just saved.
function markClients(items) {
  const waiting = new Set(items.map(({ value }) => value.client));
  for (const line of document.querySelectorAll("[data-waits-for]"))
    line.hidden = !waiting.has(line.dataset.waitsFor);
}

function countAnew() {
  const left = [...document.querySelectorAll("[data-row]:not([hidden])")];
  const visits = left.filter((row) => row.dataset.kind === "visit").length;
  const numbers = { call: left.length - visits, visit: visits };
  for (const line of document.querySelectorAll("[data-count]")) {
    const { count, one, more, none } = line.dataset;
    const number = numbers[count];
    if (none) line.textContent = left.length ? "" : none;
    else line.textContent = number ? (number === 1 ? one : more.replace("{num}", number)) : "";
  }
}
