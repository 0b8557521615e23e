// The spoken note: start, stop, listen again, discard. What was recorded before a reload is offered.
import { append, discard, read } from "../offline/notes.js";
import { capture } from "../sound/capture.js";
import { meter } from "../sound/meter.js";

const MOST = 180; // seconds

export default function recorder(card) {
  const key = card.closest("form").elements.key.value;
  const timer = card.querySelector(".timer");
  const player = new Audio();
  let running = null;
  let busy = false;
  let again = false; // whether throwing this one away begins another

  const show = (state) => {
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    card.dataset.state = state;
    for (const part of card.querySelectorAll("[data-for]"))
      part.toggleAttribute("hidden", !part.dataset.for.split(" ").includes(state));
    if (focused?.closest("[hidden]")) firstShown()?.focus(); // it went away under the finger
  };
  const firstShown = () =>
    [...card.querySelectorAll("[data-do]")].find((button) => !button.closest("[hidden]"));
  const time = (seconds) => {
    const whole = Math.floor(seconds);
    timer.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  async function offer() {
    const note = await read(key);
    if (!note) return show("idle");
    URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(note.blob);
    time(note.seconds);
    show("recorded");
  }

  async function start() {
    if (busy) return; // a second tap while the question about the microphone is still open
    busy = true;
    await record().finally(() => {
      busy = false;
    });
  }

  async function record() {
    let number = 0;
    const took = async (blob, seconds) => {
      const lasts = await append(key, number++, blob, seconds);
      card.querySelector("[data-loose]").hidden = lasts;
    };
    try {
      running = await capture(took, MOST);
    } catch (problem) {
      return show(
        problem.name === "NotFoundError" || !navigator.mediaDevices ? "absent" : "denied",
      );
    }
    card.dispatchEvent(new Event("input", { bubbles: true })); // from here on it is worth coming back to
    show("recording");
    const still = meter(card.querySelector(".meter"), running.stream);
    const tick = setInterval(() => time(running.seconds()), 250);
    await running.ended;
    running = null;
    clearInterval(tick);
    still();
    await offer();
  }

  const ask = (thenAgain) => {
    again = thenAgain;
    player.pause();
    show("sure");
  };

  const does = {
    start,
    stop: () => running?.stop(),
    play: () => player.play().then(() => show("playing")),
    pause: () => player.pause(),
    ask: () => ask(false),
    again: () => ask(true),
    keep: offer,
    discard: () => discard(key).then(again ? start : offer),
  };
  card.addEventListener("click", (event) =>
    does[event.target.closest("[data-do]")?.dataset.do]?.(),
  );
  player.addEventListener("pause", () => card.dataset.state === "playing" && show("recorded"));
  card
    .closest("form")
    .addEventListener("finish", ({ detail }) => running && detail.push(running.stop()));
  offer();
}
