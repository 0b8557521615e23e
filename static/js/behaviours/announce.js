// Says aloud how something ended that was asked about again and again until then.
export default function announce(place) {
  const status = place.querySelector(":scope > [role='status']");
  const moves = () => place.querySelector("[hx-trigger]") !== null;
  let moving = moves();
  new MutationObserver(() => {
    if (moving && !moves()) status.textContent = place.querySelector("h1").textContent.trim();
    moving = moves();
  }).observe(place, { childList: true });
}
