// Tells the server that a page of this person is on the screen, and shows what would else be pushed.
const EVERY = 20_000; // milliseconds
const TIMEOUT = 10_000;

/** @typedef {Marked<"notice">} Banner one notice, as templates/notices/_here.html has it */

/** @param {HTMLElement} place */
export default function presence(place) {
  /** @type {number | undefined} */
  let timer;

  const tell = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(tell, EVERY);
    if (!navigator.onLine) return;
    const html = await post("/presence").catch(() => ""); // the next one may arrive
    if (html) show(place, html);
  };

  place.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-do=close]");
    button?.closest("[data-notice]")?.remove();
    place.hidden = !place.childElementCount;
  });
  document.addEventListener("visibilitychange", tell);
  addEventListener("pageshow", ({ persisted }) => persisted && tell());
  return tell();
}

/** @type {(place: HTMLElement, html: string) => void} */
function show(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  place.hidden = false;
  const banners = /** @type {NodeListOf<Banner>} */ (
    template.content.querySelectorAll("[data-notice]")
  );
  for (const banner of banners) {
    const { notice } = banner.dataset;
    if (!place.querySelector(`[data-notice="${CSS.escape(notice)}"]`)) place.append(banner);
    // It is on the screen: it need not be pushed. Where that is lost, the next answer says it again.
    post(`/notices/${notice}/here`).catch(() => {});
  }
}

/** @type {(address: string) => Promise<string>} what it answers, for this person and with success */
async function post(address) {
  const { user = "" } = document.body.dataset;
  const headers = { "X-Rounds-User": user };
  const signal = AbortSignal.timeout(TIMEOUT);
  const answer = await fetch(address, { method: "POST", headers, redirect: "manual", signal });
  return answer.headers.get("X-Rounds-User") === user && answer.ok ? answer.text() : "";
}
