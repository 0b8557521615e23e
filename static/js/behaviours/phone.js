// What a phone needs to work without a network, seen to while the browser has nothing better to do:
// the person's key, nothing of anybody else, and room that the browser does not take back.
import { finishLeaving, isLeaving } from "../offline/leaving.js";
import { lockAway } from "../offline/lock.js";
import { fetchKey } from "../offline/seal.js";
import { user } from "../offline/store.js";

export default async function phone() {
  // Where no worker stands before the page, it has to finish leaving itself.
  if ((await isLeaving()) && (await finishLeaving())) return location.reload();
  await lockAway(user()).catch(() => {}); // a browser that keeps nothing holds nothing of anybody
  const fresh = await fetchKey().catch(() => false); // without a network: the next page asks again
  if (fresh) document.dispatchEvent(new Event("unsealed"));
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}
