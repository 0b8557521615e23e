// The spoken note: record, stop, play, discard. What was recorded before a reload is offered again.
import { AppEvent, listen } from "../events.js";
import { append, discard, read } from "../offline/notes.js";
import { capture } from "../sound/capture.js";
import { meter } from "../sound/meter.js";

const LONGEST = 180; // seconds

/** @param {HTMLElement} card */
export default function recorder(card) {
  const form = /** @type {FormWith<"key">} */ (card.closest("form"));
  const key = form.elements.key.value;
  const timer = card.querySelector(".timer");
  const player = new Audio();
  /** @type {Awaited<ReturnType<typeof capture>> | null} */
  let recording = null;
  let busy = false;
  let recordAgain = false; // whether discarding this note begins another

  const show = (/** @type {string} */ state) => {
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    card.dataset.state = state;
    for (const part of card.querySelectorAll("[data-for]"))
      part.toggleAttribute("hidden", !part.dataset.for?.split(" ").includes(state));
    if (focused?.closest("[hidden]")) firstShown()?.focus(); // the button under the finger is gone
  };
  const firstShown = () =>
    [...card.querySelectorAll("[data-do]")].find((button) => !button.closest("[hidden]"));
  const showTime = (/** @type {number} */ seconds) => {
    const whole = Math.floor(seconds);
    timer.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  async function offer() {
    const note = await read(key);
    if (!note) return show("idle");
    URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(note.blob);
    showTime(note.seconds);
    show("recorded");
  }

  async function start() {
    if (busy) return; // a second tap while the browser asks about the microphone
    busy = true;
    await record().finally(() => {
      busy = false;
    });
  }

  async function record() {
    let number = 0;
    const store = async (/** @type {Blob} */ blob, /** @type {number} */ seconds) => {
      const stored = await append(key, number++, blob, seconds);
      card.querySelector("[data-loose]").hidden = stored;
    };
    try {
      recording = await capture(store, LONGEST);
    } catch (error) {
      const absent = error instanceof Error && error.name === "NotFoundError";
      return show(absent || !navigator.mediaDevices ? "absent" : "denied");
    }
    card.dispatchEvent(new Event("input", { bubbles: true })); // so that the form keeps a draft
    show("recording");
    const { stream, seconds, ended } = recording;
    const stopMeter = meter(card.querySelector(".meter"), stream);
    const tick = setInterval(() => showTime(seconds()), 250);
    await ended;
    recording = null;
    clearInterval(tick);
    stopMeter();
    await offer();
  }

  const askToDiscard = (/** @type {boolean} */ thenAgain) => {
    recordAgain = thenAgain;
    player.pause();
    show("sure");
  };

  /** @type {Record<string, () => unknown>} */
  const actions = {
    start,
    stop: () => recording?.stop(),
    play: () => player.play().then(() => show("playing")),
    pause: () => player.pause(),
    ask: () => askToDiscard(false),
    again: () => askToDiscard(true),
    keep: offer,
    discard: () => discard(key).then(recordAgain ? start : offer),
  };
  card.addEventListener("click", ({ target }) => {
    /** @type {Marked<"do"> | null} */
    const button = /** @type {Element} */ (target).closest("[data-do]");
    if (button) actions[button.dataset.do]?.();
  });
  player.addEventListener("pause", () => card.dataset.state === "playing" && show("recorded"));
  listen(AppEvent.RECORDER_FINISH, (running) => recording && running.push(recording.stop()), form);
  offer();
}
