// Announces once to a screen reader how something ended that the page polled for until then.

/** @param {HTMLElement} place */
export default function announce(place) {
  const status = place.querySelector(":scope > [role='status']");
  const watch = new MutationObserver(() => {
    if (place.querySelector("[hx-trigger]")) return;
    status.textContent = place.querySelector("h1").textContent.trim();
    watch.disconnect();
  });
  if (place.querySelector("[hx-trigger]")) watch.observe(place, { childList: true });
}
