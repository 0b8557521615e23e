// Which browser this is, as far as its settings of notifications differ: the names in me/_push.html.

/** Safari on iPhone and iPad; only on the Home Screen does it take notifications. */
export const isApple = () =>
  /iPhone|iPad/.test(navigator.userAgent) ||
  (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

/** @type {[name: string, pattern: RegExp][]} the first that fits: most call themselves Chrome or Safari too */
const BROWSERS = [
  ["samsung", /SamsungBrowser/],
  ["firefox-android", /Android.*Firefox/],
  ["android", /Android/],
  ["edge", /Edg\//],
  ["firefox", /Firefox/],
  ["chrome", /Chrome/],
];

/** @returns {string} "iphone", one of BROWSERS, or "safari" */
export function platform() {
  if (isApple()) return "iphone";
  return BROWSERS.find(([, pattern]) => pattern.test(navigator.userAgent))?.[0] ?? "safari";
}
