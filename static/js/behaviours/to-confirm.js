// The line on top that says what waits to be confirmed. While a note is being read it asks again and
// again, and shows what was read in its own place and at its own height: nothing below it moves.
import { AppEvent, emit } from "../events.js";
import { fetchLatest } from "../offline/replace-main.js";
import prefetch from "./prefetch.js";

const SOON = 2000; // milliseconds; a note of fifteen seconds is read in a few
const SLOWER = 1.5;
const SELDOM = 60_000; // milliseconds; where the server does not come round to it

/** @param {HTMLElement} line */
export default function followReading(line) {
  const isReading = () => "reading" in line.dataset;

  const look = async () => {
    const page = document.hidden ? null : await fetchLatest();
    if (page && line.isConnected) await update(line, page);
  };

  const follow = (/** @type {number} */ wait) =>
    setTimeout(async () => {
      if (!line.isConnected) return; // the one in its place follows by itself
      await look();
      if (isReading()) follow(Math.min(wait * SLOWER, SELDOM));
    }, wait);

  if (isReading()) follow(SOON);
  if (cameBack()) look();
  addEventListener("pageshow", ({ persisted }) => persisted && line.isConnected && look());
}

// The browser shows what it had of this page before.
const cameBack = () =>
  performance
    .getEntriesByType("navigation")
    .some((visit) => /** @type {PerformanceNavigationTiming} */ (visit).type === "back_forward");

/** @type {(line: HTMLElement, page: Document) => Promise<void>} */
async function update(line, page) {
  const fresh = page.getElementById("to-confirm");
  if (fresh?.innerHTML === line.innerHTML) return;
  const held = line.contains(document.activeElement);
  line.style.minBlockSize = `${line.offsetHeight}px`;
  line.replaceChildren(...(fresh?.childNodes ?? []));
  line.toggleAttribute("data-reading", Boolean(fresh && "reading" in fresh.dataset));
  if (held) line.querySelector("a")?.focus({ preventScroll: true });
  addCards(line, page);
  emit(AppEvent.OUTBOX_FLUSH); // the new line does not know yet what waits to be sent
  await prefetch();
}

/**
 * On the sheet: the cards of the notes that were read meanwhile, below those that stand there.
 * @type {(line: HTMLElement, page: Document) => void}
 */
function addCards(line, page) {
  const talk = (/** @type {HTMLElement} */ card) => card.dataset.talk ?? "";
  const here = new Set([...document.querySelectorAll("[data-talk]")].map(talk));
  const cards = [...page.querySelectorAll("[data-talk]")].filter((card) => !here.has(talk(card)));
  line.before(...cards);
  for (const card of document.querySelectorAll("[data-talk]"))
    if (!here.has(talk(card))) globalThis.htmx?.process(card);
}
