// Leads from a client back to the list as it was left, also after a form was saved in between.
import { savedPlace, savePlace } from "../offline/list-place.js";

/** @param {HTMLAnchorElement} link */
export default function backToList(link) {
  const place = savedPlace();
  if (!place) return;
  link.href = place.address;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    savePlace({ ...place, returning: true });
    if (document.referrer !== link.href || history.length < 2) return;
    event.preventDefault();
    history.back(); // the page itself, as the browser kept it
  });
}
