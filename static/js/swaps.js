// Around every swap by htmx: focus is kept, and what fails is shown as it is without htmx.
const main = () => document.getElementById("main");
const sectionOf = (/** @type {Element} */ element) =>
  element.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "";
// A suggestion's card goes by way of the outbox where there is no network, and says so itself.
const ownWay = (/** @type {Element} */ element) => element.closest("[data-behaviour~=confirm]");

/** @type {{ section: string, path: string } | null} where focus was, if it is about to be replaced */
let held = null;

/**
 * Does again without htmx what was asked for. A form's key makes that safe.
 * @param {HTMLElement} source
 */
function goPlainly(source) {
  if (source instanceof HTMLFormElement) source.submit();
  else if (source instanceof HTMLAnchorElement) location.assign(source.href);
}

// A link with a modifier key is the browser's: htmx would take the tap and do nothing.
document.addEventListener(
  "click",
  (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey, target } = event;
    const isLink = target instanceof Element && target.closest("a[hx-get]");
    if (isLink && (ctrlKey || metaKey || shiftKey || altKey)) event.stopImmediatePropagation();
  },
  { capture: true },
);

// Signed out, or somebody else by now: that page is not put into this one.
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  const theirs = raw.headers.get("X-Rounds-User");
  if (theirs === document.body.dataset.user || (theirs === null && !raw.redirected)) return;
  event.preventDefault();
  if (raw.redirected) location.assign(raw.url);
  else location.reload();
});

// A form that is shown again with its problems stays at its address: that of its action takes no GET.
document.addEventListener("htmx:before:history:update", (event) => {
  const { history, response } = event.detail;
  const same = history.path === location.pathname + location.search;
  if (same || !response.raw.ok) event.preventDefault();
});

// An answer without the part that would be swapped in is a page of its own.
document.addEventListener("htmx:before:swap", (event) => {
  const { select, text, sourceElement } = event.detail.ctx;
  if (!select || new DOMParser().parseFromString(text, "text/html").querySelector(select)) return;
  event.preventDefault();
  goPlainly(sourceElement);
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const { activeElement, body } = document;
  const inside = activeElement && activeElement !== body && ctx.target.contains(activeElement);
  held = inside ? { section: sectionOf(activeElement), path: location.pathname } : null;
  anchor(!held);
});

/**
 * Whether the browser holds on to what is on the screen. While htmx has put the new part above the old
 * that would be the old one: the page would jump by the height of the part.
 * @param {boolean} on
 */
function anchor(on) {
  document.documentElement.style.overflowAnchor = on ? "" : "none";
}

// htmx itself goes back to what has the same id. Else: the problems, the section's heading, the page.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  anchor(true);
  if (!held) return;
  const { section, path } = held;
  held = null;
  const { select, response } = ctx;
  const part = response.status === 422 && select && document.querySelector(select);
  const problem = part && (part.querySelector(".problems") ?? part.querySelector("[aria-invalid]"));
  const elsewhere = location.pathname !== path;
  if (elsewhere) scrollTo(0, 0);
  if (problem) focus(problem);
  else if (elsewhere) focus(main());
  else if (document.activeElement === document.body)
    focus(document.getElementById(section) ?? main());
});

/** @param {HTMLElement} element */
function focus(element) {
  if (element.tabIndex < 0) element.tabIndex = -1; // a heading takes none by itself
  element.focus({ preventScroll: element === main() });
}

// Nothing is swapped for a refusal: the same is sent the plain way, which shows its page.
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { sourceElement: source, response } = ctx;
  if (response.status === 422 || ownWay(source)) return;
  goPlainly(source);
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  const source = ctx?.sourceElement;
  if (!ctx || !source || ownWay(source)) return;
  if (!source.matches("form")) return goPlainly(source); // the offline page says so
  source.querySelector("[data-no-network]")?.remove();
  /** @type {HTMLTemplateElement} */
  const template =
    source.querySelector("template[data-unreached]") ?? document.getElementById("no-network");
  (ctx.request.submitter ?? source.lastElementChild)?.after(template.content.cloneNode(true));
});
