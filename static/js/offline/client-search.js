// Searching in the clients on this phone, as the server does: pwa/operations/clients/search.py. What
// both have to find alike stands in tests/scripts/folding.json.

const QUOTES = /['’`´]/g;
const SINGLE = new Map(
  Object.entries({ ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ı: "i", ς: "σ" }),
);
const SINGLES = /[ßøæœłđıς]/g;
const MARKS = /\p{Mn}/gu;
const NOT_WORDS = /[^\p{L}\p{N}_@.+-]+/gu;
const PHONE_LIKE = /^[\d\s+()./-]*\d[\d\s+()./-]*$/;
const NOT_DIGITS = /\D/g;

/** @type {(text: string) => string} lower case, no accents, single spaces; letters of every script stay */
export const fold = (text) =>
  text
    .toLowerCase()
    .replace(QUOTES, "")
    .replace(SINGLES, (letter) => SINGLE.get(letter) ?? letter)
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(NOT_WORDS, " ")
    .trim();

/** @type {(number: string) => string} */
const digitsOf = (number) => number.replace(NOT_DIGITS, "");

/** @type {(contact: IndexedContact) => string} what a contact is found by */
const contactKey = ([, name, numbers]) => [fold(name), ...numbers.map(digitsOf)].join("\n");

/** @type {(client: ListedClient) => string} what a client is found by */
export const searchKey = ([, name, town, contacts]) =>
  [fold(name), fold(town ?? ""), ...contacts.map(contactKey)].join("\n");

/** @type {(typed: string) => string[] | null} what a key has to contain; null where nothing can match */
function wordsOf(typed) {
  const text = typed.trim();
  if (PHONE_LIKE.test(text)) return [digitsOf(text).replace(/^0+/, "") || "0"];
  const words = fold(text).split(" ").filter(Boolean);
  return text && !words.length ? null : words;
}

/**
 * The clients that match every word, in their order.
 * @param {IndexedClient[]} clients
 * @param {string} typed
 * @returns {IndexedClient[]}
 */
export function search(clients, typed) {
  const words = wordsOf(typed);
  if (!words) return [];
  return clients.filter(([, , , , key]) => words.every((word) => key.includes(word)));
}

/**
 * @param {IndexedContact[]} contacts
 * @param {string} typed
 */
export function namedFirst(contacts, typed) {
  const words = wordsOf(typed) ?? [];
  const isNamed = (/** @type {IndexedContact} */ contact) =>
    Number(words.some((word) => contactKey(contact).includes(word)));
  return contacts.toSorted((left, right) => isNamed(right) - isNamed(left));
}
