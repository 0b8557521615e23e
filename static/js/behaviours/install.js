// Opens the help for this phone, and offers the browser's own installation where there is one.

export default function install(root) {
  const system = /Android/.test(navigator.userAgent) ? "android" : "iphone";
  const touch = matchMedia("(pointer: coarse)").matches;
  root.querySelector(`[data-system="${system}"]`).open = touch;

  const button = root.querySelector("[data-do=install]");
  let offer;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    button.hidden = false;
  });
  button.addEventListener("click", async () => {
    button.hidden = true;
    await offer.prompt();
  });
  addEventListener("appinstalled", () => {
    root.hidden = true;
  });
}
