// Keeps the mail and text links in step with the words of a message, and shares or copies them where
// the phone can.

/** @param {FormWith<"kind">} form */
export default function composeMessage(form) {
  const text = form.querySelector("textarea");
  /** @type {NodeListOf<Marked<"letter" | "kind", HTMLAnchorElement>>} */
  const links = form.querySelectorAll("[data-letter]");
  const share = form.querySelector("[data-share]");
  const copy = form.querySelector("[data-copy]");

  text.addEventListener("input", () => {
    const words = encodeURIComponent(text.value.replaceAll("\n", "\r\n"));
    for (const link of links) link.href = link.dataset.letter + words;
  });
  for (const link of links)
    link.addEventListener("click", () => {
      form.elements.kind.value = link.dataset.kind;
    });

  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ title: share.dataset.share, text: text.value });
    } catch {
      // Closed without choosing: the message is still here.
    }
  });

  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    copy.textContent = copy.dataset.copy ?? "";
  });
}
