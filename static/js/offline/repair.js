// What the server did not take goes back into its form, and stays in the outbox until the form was
// saved again. Which one it is, this one tab knows.

import { problem } from "./field-error.js";
import { all } from "./outbox.js";
import { fill } from "./restore-form.js";

const PLACE = "rounds:mending";

// The number of the item that is being put right here, or null.
export const inHand = () => Number(sessionStorage.getItem(PLACE)) || null;
export const takeInHand = (number) => sessionStorage.setItem(PLACE, number);
export const letGo = () => sessionStorage.removeItem(PLACE);

// Leads to the page it was said on.
export function mend({ number, value }) {
  takeInHand(number);
  location.assign(value.from);
}

// Fills the form that the item in hand came from. Resolves to its number, else to null.
export async function takeUp(form) {
  if (form.dataset.mends) return Number(form.dataset.mends); // the server filled it in
  if (!inHand()) return null;
  const item = (await all().catch(() => [])).find(({ number }) => number === inHand());
  const { pathname, search } = new URL(form.action);
  const samePage = item?.value.from === location.pathname + location.search;
  if (item?.value.to !== pathname + search || !samePage) return null;
  const values = {};
  for (const [name, text] of item.value.fields) values[name] = [...(values[name] ?? []), text];
  fill(form, values);
  const { words } = item.value.problem ?? {};
  if (words) form.prepend(problem(words)); // why it was not taken
  return item.number;
}

// Whether it lies open in a form on this very page.
export const isHere = ({ number, value }) =>
  number === inHand() && value.from === location.pathname + location.search;
