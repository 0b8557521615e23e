// Opens the help for this phone, and offers the browser's own installation where there is one.

/** @param {HTMLElement} root */
export default function install(root) {
  const system = /Android/.test(navigator.userAgent) ? "android" : "iphone";
  /** @type {HTMLDetailsElement} */
  const help = root.querySelector(`[data-system="${system}"]`);
  help.open = matchMedia("(pointer: coarse)").matches;

  const button = root.querySelector("[data-do=install]");
  /** @type {BeforeInstallPromptEvent | undefined} */
  let offer;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    button.hidden = false;
  });
  button.addEventListener("click", async () => {
    button.hidden = true;
    await offer?.prompt();
  });
  addEventListener("appinstalled", () => {
    root.hidden = true;
  });
}
