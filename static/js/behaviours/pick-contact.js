// Fills the form from the phone's contacts, where the browser lets a person choose one (Contact Picker).
const ASKED = ["name", "tel", "email"];

/** @param {Marked<"prefix">} place */
export default function pickContact(place) {
  const { contacts } = navigator;
  const form = place.closest("form");
  if (!contacts?.select || !form) return;
  place.hidden = false;

  place.querySelector("button").addEventListener("click", async () => {
    const [chosen] = await contacts.select(ASKED, { multiple: false }).catch(() => []);
    if (!chosen) return;
    const [name = ""] = chosen.name ?? [];
    const [email = ""] = chosen.email ?? [];
    const put = (/** @type {string} */ field, /** @type {string} */ text) =>
      fill(form, `${place.dataset.prefix}${field}`, text);
    if (name) put("name", name);
    if (email) put("email", email);
    different(chosen.tel ?? []).forEach((text, row) => {
      put(row ? `phone_${row + 1}` : "phone", text);
    });
  });
}

/**
 * The same number is often there twice, spaced otherwise.
 * @param {string[]} numbers
 */
function different(numbers) {
  const digits = numbers.map((text) => text.replace(/[^+\d]/g, ""));
  return numbers.filter((_text, row) => digits.indexOf(digits[row]) === row);
}

/**
 * Puts text into a field, and unfolds what it stands in. A form has only so many rows for numbers.
 * @type {(form: HTMLFormElement, name: string, text: string) => void}
 */
function fill(form, name, text) {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return;
  field.value = text;
  const folded = field.closest("details");
  if (folded) folded.open = true;
}
