// What the server did not take goes back into its form, on the way through this one tab.
import { fill } from "./filling.js";
import { drop } from "./outbox.js";

const PLACE = "rounds:mending";
const LED = "rounds:led";
let here = false; // it was taken back on this very page, whose form holds it already

// Takes an item out of the outbox; its spoken note stays, and what it says, for its form.
export async function takeBack(item) {
  here = true;
  const { to, fields } = item.value;
  sessionStorage.setItem(PLACE, JSON.stringify({ to, fields }));
  await drop({ ...item, value: { ...item.value, key: "" } });
}

// The same, and leads to the page it was said on.
export async function mend(item) {
  await takeBack(item);
  sessionStorage.setItem(LED, item.value.to);
  location.assign(item.value.from);
}

export const forgetMending = () => sessionStorage.removeItem(PLACE);

// Only for who was led here or loads the page anew: whoever opens the form again begins again.
export function takeUp(form) {
  const { to, fields } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  const { pathname, search } = new URL(form.action);
  if (here || to !== pathname + search) return;
  const led = sessionStorage.getItem(LED) === to;
  sessionStorage.removeItem(LED);
  const [visit] = performance.getEntriesByType("navigation");
  if (!led && visit?.type !== "reload") return forgetMending();
  const values = {};
  for (const [name, text] of fields) values[name] = [...(values[name] ?? []), text];
  fill(form, values);
}
