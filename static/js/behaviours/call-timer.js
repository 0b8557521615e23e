// "Back from the call · 9 min 40 s": the time away, which is a first guess at how long the call took.
import { attemptOf, draftOf, saveAttempt } from "../offline/call-attempts.js";

const LONGEST = 3 * 3600; // seconds; a person who is away for longer did something else meanwhile

/** @param {Marked<"key" | "minutes" | "seconds">} line */
export default function showTimeAway(line) {
  const attempt = attemptOf(line.dataset.key);
  if (!attempt || attempt.direction || attempt.kind !== "call") return;
  const back = attempt.back ?? new Date().toISOString();
  saveAttempt({ ...attempt, back });
  const seconds = Math.round((Date.parse(back) - Date.parse(attempt.at)) / 1000);
  if (seconds < 0 || seconds > LONGEST) return;
  const [min, sec] = [Math.floor(seconds / 60), seconds % 60];
  const words = min ? line.dataset.minutes : line.dataset.seconds;
  line.textContent = words.replace("{min}", String(min)).replace("{sec}", String(sec));
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("#minutes");
  if (field && !field.value && !draftOf(line.dataset.key))
    field.value = String(Math.max(1, Math.round(seconds / 60)));
}
