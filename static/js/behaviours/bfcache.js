// A page that the browser kept whole and shows again: only to the person who is still signed in.
import { isLeaving } from "../offline/offline-sign-out.js";
import { keyOf, user } from "../offline/store.js";

export default async function again() {
  const here = !crypto.subtle || (await keyOf(user()).catch(() => null));
  if (here && !(await isLeaving())) document.body.hidden = false;
  else location.reload();
}
