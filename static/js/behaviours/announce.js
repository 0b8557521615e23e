// Says aloud, once, how something ended that was asked about again and again until then.
export default function announce(place) {
  const status = place.querySelector(":scope > [role='status']");
  const watch = new MutationObserver(() => {
    if (place.querySelector("[hx-trigger]")) return;
    status.textContent = place.querySelector("h1").textContent.trim();
    watch.disconnect();
  });
  if (place.querySelector("[hx-trigger]")) watch.observe(place, { childList: true });
}
