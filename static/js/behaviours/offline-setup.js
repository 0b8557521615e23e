// What a phone needs to work without a network, seen to while the browser has nothing better to do:
// the person's key, nothing of anybody else, and room that the browser does not take back.

import { fetchKey } from "../offline/encryption.js";
import { finishLeaving, isLeaving } from "../offline/offline-sign-out.js";
import { user } from "../offline/store.js";
import { lockAway } from "../offline/wipe.js";

export default async function phone() {
  // Where no worker stands before the page, it has to finish leaving itself.
  if ((await isLeaving()) && (await finishLeaving())) return location.reload();
  await lockAway(user()).catch(() => {}); // a browser that keeps nothing holds nothing of anybody
  const fresh = await fetchKey().catch(() => false); // without a network: the next page asks again
  if (fresh) document.dispatchEvent(new Event("unsealed"));
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}
