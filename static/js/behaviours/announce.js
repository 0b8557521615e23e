// Announces to a screen reader how something ended that the page polled for until then.

/** @param {HTMLElement} place */
export default function announce(place) {
  const status = place.querySelector(":scope > [role='status']");
  const moves = () => place.querySelector("[hx-trigger]") !== null;
  let moving = moves();
  new MutationObserver(() => {
    if (moving && !moves()) status.textContent = place.querySelector("h1").textContent.trim();
    moving = moves();
  }).observe(place, { childList: true });
}
