// Says that a spoken note lies on this phone that no question leads to, and leads to it.
import { orphans, read } from "../offline/notes.js";

export default async function unsaved(notice) {
  const [key] = await orphans();
  const note = key && (await read(key));
  if (!note) return;
  const { begun } = note;
  const link = notice.querySelector("a");
  link.search = new URLSearchParams(begun ? { key, at: begun } : { key });
  notice.hidden = false;
}
