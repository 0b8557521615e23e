// What a phone needs to work without a network, set up while the browser is idle: the person's key,
// nothing of any other person, and storage that the browser does not evict.
import { AppEvent, emit } from "../events.js";
import { fetchKey } from "../offline/encryption.js";
import { finishSignOut, isSigningOut } from "../offline/offline-sign-out.js";
import { currentUser } from "../offline/store.js";
import { wipe } from "../offline/wipe.js";

export default async function setUp() {
  // Where no worker stands before the page, the page has to finish a sign-out itself.
  if ((await isSigningOut()) && (await finishSignOut())) return location.reload();
  await wipe(currentUser()).catch(() => {}); // a browser without a database has nothing to wipe
  const unlocked = await fetchKey().catch(() => false); // without a network: the next page asks again
  if (unlocked) emit(AppEvent.STORE_UNLOCKED);
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}
