// Repairs an item that the server refused: it goes back into its form, and stays in the outbox until
// the form is saved again. Which item is being repaired is remembered for this tab only.
import { fieldError } from "./field-error.js";
import { all } from "./outbox.js";
import { fill } from "./restore-form.js";

const STORED_AS = "rounds:mending"; // as earlier releases name it

/** @returns {number | null} the number of the item that is being repaired in this tab */
export const repairing = () => Number(sessionStorage.getItem(STORED_AS)) || null;
export const beginRepair = (/** @type {number} */ number) =>
  sessionStorage.setItem(STORED_AS, String(number));
export const endRepair = () => sessionStorage.removeItem(STORED_AS);

/**
 * Begins the repair of an item, and leads to the page that it was written on.
 * @param {OutboxItem} item
 */
export function repair({ number, value }) {
  beginRepair(number);
  location.assign(value.from);
}

/**
 * Fills the form with the item that is being repaired, where it came from this form.
 * @param {HTMLFormElement} form
 * @returns {Promise<number | null>} the number of that item
 */
export async function restore(form) {
  if (form.dataset.mends) return Number(form.dataset.mends); // the server filled it in
  if (!repairing()) return null;
  const item = (await all().catch(() => [])).find(({ number }) => number === repairing());
  const { pathname, search } = new URL(form.action);
  if (item?.value.to !== pathname + search || !isFromHere(item)) return null;
  /** @type {FormValues} */
  const values = {};
  for (const [name, text] of item.value.fields) values[name] = [...(values[name] ?? []), text];
  fill(form, values);
  const { words } = item.value.problem ?? {};
  if (words) form.prepend(fieldError(words));
  return item.number;
}

const isFromHere = (/** @type {OutboxItem} */ { value }) =>
  value.from === location.pathname + location.search;

/** @type {(item: OutboxItem) => boolean} whether it is open in a form on this very page */
export const isRepairedHere = (item) => item.number === repairing() && isFromHere(item);
