// A page that the browser kept in its back/forward cache: shown again only to the person who is still
// signed in.
import { isSigningOut } from "../offline/offline-sign-out.js";
import { currentUser, keyOf } from "../offline/store.js";

export default async function showRestored() {
  const signedIn = !crypto.subtle || (await keyOf(currentUser()).catch(() => null));
  if (signedIn && !(await isSigningOut())) document.body.hidden = false;
  else location.reload();
}
