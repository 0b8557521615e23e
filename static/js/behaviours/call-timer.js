// "Back from the call · 9 min 40 s": the time away, and a first guess at how long the talk took.
import { attemptOf, draftOf, noteAttempt } from "../offline/call-attempts.js";

const LONGEST = 3 * 3600; // whoever is away for longer did something else meanwhile

export default function away(line) {
  const attempt = attemptOf(line.dataset.key);
  if (!attempt || attempt.direction || attempt.kind !== "call") return;
  const back = attempt.back ?? new Date().toISOString();
  noteAttempt({ ...attempt, back });
  const seconds = Math.round((Date.parse(back) - Date.parse(attempt.at)) / 1000);
  if (seconds < 0 || seconds > LONGEST) return;
  const [min, sec] = [Math.floor(seconds / 60), seconds % 60];
  const words = min ? line.dataset.minutes : line.dataset.seconds;
  line.textContent = words.replace("{min}", min).replace("{sec}", sec);
  const field = document.querySelector("#minutes");
  if (field && !field.value && !draftOf(line.dataset.key))
    field.value = Math.max(1, Math.round(seconds / 60));
}
