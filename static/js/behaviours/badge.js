// The number on the app's icon: what is left today, as the list says it.

/** @param {Marked<"left">} list */
export default function badge({ dataset }) {
  if (document.body.dataset.stored) return; // a copy is about an earlier moment
  const left = Number(dataset.left);
  const done = left ? navigator.setAppBadge?.(left) : navigator.clearAppBadge?.();
  done?.catch(() => {}); // not installed, or not allowed to
}
