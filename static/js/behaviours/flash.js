// Notices above the bar: what was just done leaves by itself, or at a tap; none covers the main button.
const PLAIN = 8000; // milliseconds for words alone
const WITH_A_CHOICE = 20_000; // for words with something to do about them, such as "Undo"
const READABLE = 60_000; // how much longer a screen reader finds what is gone from the screen
const STEP = 250;

/** @param {HTMLElement} bar */
export default function flash(bar) {
  const place = document.getElementById("flash");
  /** @type {WeakSet<Element>} */
  const known = new WeakSet();
  const look = () => {
    for (const notice of place.children) {
      if (!known.has(notice)) leaveLater(notice);
      known.add(notice);
    }
    keepClear(bar);
  };

  place.addEventListener("click", ({ target }) => {
    const notice = /** @type {Element} */ (target).closest("[data-close]")?.closest(".notice");
    if (notice) remove(notice);
  });
  new MutationObserver(look).observe(bar, {
    childList: true,
    subtree: true,
    attributeFilter: ["hidden"],
  });
  for (const event of ["scroll", "resize"])
    addEventListener(event, () => keepClear(bar), { passive: true });
  // What a page folds or shows moves its button.
  new ResizeObserver(() => keepClear(bar)).observe(document.getElementById("main"));
  look();
}

/** Out of sight once its time is over, and away later: a screen reader may read it meanwhile. */
function leaveLater(/** @type {Element} */ notice) {
  const choice = notice.querySelector("a[href], form");
  countDown(notice, choice ? WITH_A_CHOICE : PLAIN, () => {
    notice.classList.add("read");
    countDown(notice, READABLE, () => remove(notice));
  });
}

/**
 * Counts only the time in which nobody points at it, has the focus in it, or looks elsewhere.
 * @type {(notice: Element, milliseconds: number, then: () => void) => void}
 */
function countDown(notice, milliseconds, then) {
  let left = milliseconds;
  const timer = setInterval(() => {
    if (!notice.isConnected) return clearInterval(timer);
    if (document.hidden || isHeld(notice)) return;
    left -= STEP;
    if (left > 0) return;
    clearInterval(timer);
    then();
  }, STEP);
}

const pointer = matchMedia("(hover: hover)"); // after a tap a phone calls it "hover" for ever
const isHeld = (/** @type {Element} */ notice) =>
  notice.matches(":focus-within") || (pointer.matches && notice.matches(":hover"));

function remove(/** @type {Element} */ notice) {
  const focused = notice.contains(document.activeElement);
  notice.remove();
  if (focused) document.getElementById("main").focus({ preventScroll: true });
}

/** Goes to the top of the screen while the main button of the page is where it would stand. */
function keepClear(/** @type {HTMLElement} */ bar) {
  bar.classList.remove("aloft");
  const { top, bottom, height } = bar.getBoundingClientRect();
  if (!height) return;
  const buttons = [...document.querySelectorAll("main .button.big")];
  const covered = buttons.some((button) => {
    const box = button.getBoundingClientRect();
    return box.height > 0 && box.top < bottom && box.bottom > top;
  });
  bar.classList.toggle("aloft", covered);
}
