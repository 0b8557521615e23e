// Tells the server that a page of this person is in use, and shows what would else be pushed: on every
// page, until it is opened or closed, or is of no use any more. Whoever goes on after that has seen it,
// and is not pushed; a page that is only left open holds nothing back.
const EVERY = 20_000; // milliseconds
const TIMEOUT = 10_000;
const IN_USE = ["pointerdown", "keydown", "wheel", "touchmove"];

/** @param {HTMLElement} place */
export default function presence(place) {
  /** @type {number | undefined} */
  let timer;
  let present = "";
  let usedAt = Date.now(); // somebody has opened it just now
  /** @type {Set<string>} notices of which the server knows that they were seen here */
  const seen = new Set();

  const tell = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(tell, EVERY);
    if (!navigator.onLine) return;
    const idle = String(Math.round((Date.now() - usedAt) / 1000));
    const html = await post("/presence", { idle }).catch(() => null); // the next one may arrive
    // What says the same is left alone: a screen reader has read it, and the focus may be in it.
    if (html === null || html === present) return;
    present = html;
    show(place, html);
  };

  const use = () => {
    const wasLeft = Date.now() - usedAt > EVERY;
    usedAt = Date.now();
    for (const { dataset } of banners(place)) {
      if (seen.has(dataset.notice)) continue;
      seen.add(dataset.notice);
      post(`/notices/${dataset.notice}/here`, { seen: "1" }).catch(() => {
        seen.delete(dataset.notice); // at the next touch, or else it is pushed
      });
    }
    if (wasLeft) tell();
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
  for (const name of IN_USE) document.addEventListener(name, use, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return post("/presence", { left: "1" }).catch(() => {});
    usedAt = Date.now();
    return tell();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && tell());
  return tell();
}

const banners = (/** @type {HTMLElement} */ place) =>
  /** @type {NodeListOf<Marked<"notice">>} */ (place.querySelectorAll("[data-notice]"));

/** @type {(place: HTMLElement, html: string) => void} */
function show(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  place.replaceChildren(template.content);
  place.hidden = !place.childElementCount;
}

/**
 * Also from a page that is just being left.
 * @type {(address: string, values?: Record<string, string>) => Promise<string>} what it answers
 * @throws {Error} without an answer for this person
 */
async function post(address, values = {}) {
  const { user = "" } = document.body.dataset;
  const signal = AbortSignal.timeout(TIMEOUT);
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(values),
    headers: { "X-Rounds-User": user },
    redirect: "manual",
    keepalive: true,
    signal,
  });
  // Led elsewhere: to the sign-in, where the session was ended from afar. Then this phone is wiped.
  if (answer.type === "opaqueredirect")
    await (await import("../offline/signed-out.js")).fetchSignedIn("/waiting");
  if (answer.headers.get("X-Rounds-User") !== user || !answer.ok) throw new Error("not for us");
  return answer.text();
}
