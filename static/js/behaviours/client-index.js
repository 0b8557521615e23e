// Keeps every client with whom to call there on this phone, for when there is no network.
import { refreshIndex } from "../offline/client-index.js";

// Where one of them may have been changed a moment ago.
const CHANGING = /^\/(clients|contacts)\b/;

export default async function keepClients() {
  if (!("caches" in globalThis) || document.body.dataset.stored) return;
  await refreshIndex(CHANGING.test(location.pathname)).catch(() => {}); // the next page asks again
}
