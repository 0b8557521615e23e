// Around every swap by htmx: focus is kept, and what fails is shown as it is without htmx.
const main = () => document.getElementById("main");
const sectionOf = (/** @type {Element} */ element) =>
  element.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "";
// A suggestion's card goes by way of the outbox where there is no network, and says so itself.
const ownWay = (/** @type {Element} */ element) => element.closest("[data-behaviour~=confirm]");

/** @type {{ section: string, path: string } | null} where focus was, if it is about to be replaced */
let held = null;

// Signed out, or somebody else by now: that page is not put into this one.
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  const theirs = raw.headers.get("X-Rounds-User");
  if (!raw.redirected || theirs === document.body.dataset.user) return;
  event.preventDefault();
  location.assign(raw.url);
});

// A form that is shown again with its problems stays at its address: that of its action takes no GET.
document.addEventListener("htmx:before:history:update", (event) => {
  const { history, response } = event.detail;
  const same = history.path === location.pathname + location.search;
  if (same || !response.raw.ok) event.preventDefault();
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const { activeElement, body } = document;
  const inside = activeElement && activeElement !== body && ctx.target.contains(activeElement);
  held = inside ? { section: sectionOf(activeElement), path: location.pathname } : null;
});

// htmx itself goes back to what has the same id. Else: the problems, the section's heading, the page.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!held) return;
  const { section, path } = held;
  held = null;
  const part = ctx.response.status === 422 && document.querySelector(ctx.select);
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

// Nothing is swapped for a refusal: the same is sent the plain way, which shows its page. The key of
// a form makes that safe.
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { sourceElement: source, response } = ctx;
  if (response.status === 422 || ownWay(source)) return;
  if (source instanceof HTMLFormElement) source.submit();
  else if (source instanceof HTMLAnchorElement) location.assign(source.href);
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  const source = ctx?.sourceElement;
  if (!ctx || !source?.matches("form") || ownWay(source)) return;
  source.querySelector("[data-no-network]")?.remove();
  /** @type {HTMLTemplateElement} */
  const template = document.getElementById("no-network");
  (ctx.request.submitter ?? source.lastElementChild)?.after(template.content.cloneNode(true));
});
