// Tells the server that a page of this person is on the screen, and shows what would else be pushed: as
// long as it stands, on every page, until it is opened or closed, or is of no use any more.
const EVERY = 20_000; // milliseconds
const TIMEOUT = 10_000;

/** @param {HTMLElement} place */
export default function presence(place) {
  /** @type {number | undefined} */
  let timer;
  let present = "";

  const tell = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(tell, EVERY);
    if (!navigator.onLine) return;
    const html = await post("/presence").catch(() => null); // the next one may arrive
    // What says the same is left alone: a screen reader has read it, and the focus may be in it.
    if (html === null || html === present) return;
    present = html;
    show(place, html);
  };

  place.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-do=close]");
    const banner = /** @type {Marked<"notice"> | null} */ (
      button?.closest("[data-notice]") ?? null
    );
    if (!banner) return;
    present = "";
    banner.remove();
    place.hidden = !place.childElementCount;
    // Where that is lost, the next answer shows it again.
    post(`/notices/${banner.dataset.notice}/here`).catch(() => {});
  });
  document.addEventListener("visibilitychange", tell);
  addEventListener("pageshow", ({ persisted }) => persisted && tell());
  return tell();
}

/** @type {(place: HTMLElement, html: string) => void} */
function show(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  place.replaceChildren(template.content);
  place.hidden = !place.childElementCount;
}

/**
 * @type {(address: string) => Promise<string>} what it answers
 * @throws {Error} without an answer for this person
 */
async function post(address) {
  const { user = "" } = document.body.dataset;
  const headers = { "X-Rounds-User": user };
  const signal = AbortSignal.timeout(TIMEOUT);
  const answer = await fetch(address, { method: "POST", headers, redirect: "manual", signal });
  // Led elsewhere: to the sign-in, where the session was ended from afar. Then this phone is wiped.
  if (answer.type === "opaqueredirect")
    await (await import("../offline/signed-out.js")).fetchSignedIn("/waiting");
  if (answer.headers.get("X-Rounds-User") !== user || !answer.ok) throw new Error("not for us");
  return answer.text();
}
