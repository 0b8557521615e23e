// Marks on the page what waits to be sent, and what was delivered since the server made the page.
import { AppEvent, emit } from "../events.js";

/** What waited when it was last looked at, by number. @type {Map<number, OutboxItem>} */
let before = new Map();

/**
 * Brings the marks up to date, and says when something was delivered.
 * @param {OutboxItem[]} items everything in the outbox
 */
export function mark(items) {
  const delivered = new Map(before);
  for (const { number } of items) delivered.delete(number);
  before = new Map(items.map((item) => [item.number, item]));
  const pending = items.filter(({ value }) => !value.problem);
  markRows(pending, [...delivered.values()]);
  markForms(pending);
  markToConfirm(pending, [...delivered.values()]);
  markClients(pending);
  if (delivered.size) emit(AppEvent.OUTBOX_DELIVERED); // by this page or by the worker
}

/** What is saved about a client so that their row is done. */
const DONE = /^\/interactions$|\/postponement$|^\/bookings\/\d+\/(happened|cancellation)$/;

/**
 * Hides from the list each client that was logged or put off and whose row does not show it yet: they
 * are not to be called again. An item that the server refused brings them back.
 * @type {(pending: OutboxItem[], delivered: OutboxItem[]) => void}
 */
function markRows(pending, delivered) {
  const [waiting, sent] = [pending, delivered].map(clientsDone);
  const done = clientsDone([...pending, ...delivered].filter(isDone));
  let changed = false;
  for (const row of /** @type {NodeListOf<Marked<"row">>} */ (
    document.querySelectorAll("[data-row]")
  )) {
    if (sent.has(row.dataset.row)) row.dataset.sent = "";
    if (done.has(row.dataset.row)) row.dataset.done = "";
    const away = waiting.has(row.dataset.row) || "sent" in row.dataset;
    changed ||= row.hidden !== away;
    row.hidden = away;
  }
  if (changed) countAgain();
}

const clientsDone = (/** @type {OutboxItem[]} */ items) =>
  new Set(items.filter(({ value }) => DONE.test(value.to)).map(({ value }) => value.client));

/**
 * What moves the ring: who was talked with or written to. A try in vain and "Not now" do not.
 * @type {(item: OutboxItem) => boolean}
 */
const isDone = ({ value }) => {
  const outcome = value.fields.find(([name]) => name === "outcome")?.[1] ?? "";
  return value.to === "/interactions" && ["spoke", "visited", "written"].includes(outcome);
};

/**
 * Marks forms that were answered with a tap: they are not to be tapped again.
 * @param {OutboxItem[]} pending
 */
function markForms(pending) {
  const sent = new Set(pending.map(({ value }) => value.to.split("?")[0]));
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form:has([data-later])")
  ))
    form.classList.toggle("waits-here", sent.has(new URL(form.action).pathname));
}

/**
 * Counts anew what is left to confirm: what was answered here is no longer asked for.
 * @type {(pending: OutboxItem[], delivered: OutboxItem[]) => void}
 */
function markToConfirm(pending, delivered) {
  /** @type {Marked<"ids" | "one" | "more"> | null} */
  const link = document.querySelector("#to-confirm [data-ids]");
  if (!link) return;
  const { ids, sent = "", one: singular, more: plural } = link.dataset;
  link.dataset.sent = [sent, ...delivered.map(suggestionOf)].join(" ");
  const answered = new Set([...link.dataset.sent.split(" "), ...pending.map(suggestionOf)]);
  const left = ids.split(" ").filter((id) => !answered.has(id));
  link.textContent = left.length === 1 ? singular : plural.replace("{num}", String(left.length));
  link.hidden = !left.length;
}

const suggestionOf = (/** @type {OutboxItem} */ { value }) =>
  /^\/suggestions\/(\d+)/.exec(value.to)?.[1] ?? "";

/**
 * Shows on the page of a client, which may be an offline copy, that something of theirs waits.
 * @param {OutboxItem[]} pending
 */
function markClients(pending) {
  const waiting = new Set(pending.map(({ value }) => value.client));
  for (const line of document.querySelectorAll("[data-waits-for]"))
    line.hidden = !waiting.has(line.dataset.waitsFor);
}

function countAgain() {
  const left = [...document.querySelectorAll("[data-row]:not([hidden])")];
  const count = (/** @type {string} */ kind) =>
    left.filter((row) => row.dataset.kind === kind).length;
  const [visits, writes] = [count("visit"), count("write")];
  /** @type {Record<string, number>} */
  const numbers = { call: left.length - visits - writes, visit: visits, write: writes };
  for (const line of document.querySelectorAll("[data-count]")) {
    const { count: kind = "", one: singular = "", more: plural = "", none } = line.dataset;
    const number = numbers[kind];
    const words = number === 1 ? singular : plural.replace("{num}", String(number));
    if (none) line.textContent = left.length ? "" : none;
    else line.textContent = number ? words : "";
  }
  for (const ring of /** @type {NodeListOf<Marked<"ring" | "words">>} */ (
    document.querySelectorAll("[data-ring]")
  ))
    drawRing(ring, document.querySelectorAll("[data-row][data-done][hidden]").length, left.length);
}

/** @type {(ring: Marked<"ring" | "words">, doneHere: number, left: number) => void} */
function drawRing(ring, doneHere, left) {
  const done = Number(ring.dataset.ring) + doneHere;
  const total = done + left;
  const words = ring.dataset.words.replace("{done}", String(done));
  ring.setAttribute("aria-label", words.replace("{total}", String(total)));
  ring.querySelector("text").textContent = `${done}/${total}`;
  const share = total ? Math.round((100 * done) / total) : 0;
  ring.querySelector(".done").setAttribute("stroke-dasharray", `${share} 100`);
}
