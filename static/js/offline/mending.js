// What the server did not take goes back into its form, on the way through this one tab.
import { fill } from "./filling.js";
import { drop } from "./outbox.js";

const PLACE = "rounds:mending";

// Takes an item out of the outbox, its spoken note stays, and leads to the page it was said on.
export async function mend(item) {
  const { to, fields, from } = item.value;
  sessionStorage.setItem(PLACE, JSON.stringify({ to, fields }));
  await drop({ ...item, value: { ...item.value, key: "" } });
  location.assign(from);
}

export function takeUp(form) {
  const { to, fields } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  const { pathname, search } = new URL(form.action);
  if (to !== pathname + search) return;
  sessionStorage.removeItem(PLACE);
  const values = {};
  for (const [name, text] of fields) values[name] = [...(values[name] ?? []), text];
  fill(form, values);
}
