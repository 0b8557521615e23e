// Where the list of clients was left in this tab: its address with filter and page, and how far down.

const STORED_AS = "rounds:list";

/** @typedef {{ address: string, scroll: number, returning?: boolean }} ListPlace */

/** @type {(place: ListPlace) => void} */
export const savePlace = (place) => sessionStorage.setItem(STORED_AS, JSON.stringify(place));

/** @returns {ListPlace | null} */
export const savedPlace = () => JSON.parse(sessionStorage.getItem(STORED_AS) ?? "null");

/** The worker has no such storage. */
export const forgetPlace = () => globalThis.sessionStorage?.removeItem(STORED_AS);
