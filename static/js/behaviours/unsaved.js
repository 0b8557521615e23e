// Says that there is a spoken note on this phone that no question leads to any more, and leads to it.
import { orphans, read } from "../offline/notes.js";

/** @param {HTMLElement} notice */
export default async function unsaved(notice) {
  const [key] = await orphans();
  const note = key && (await read(key));
  if (!note) return;
  const { begun } = note;
  const link = notice.querySelector("a");
  link.search = String(new URLSearchParams(begun ? { key, at: begun } : { key }));
  notice.hidden = false;
}
