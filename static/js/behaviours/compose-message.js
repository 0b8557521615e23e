// Keeps the links of a letter in step with its words, and hands them on where the phone can.
export default function letter(form) {
  const text = form.querySelector("textarea");
  const links = form.querySelectorAll("[data-letter]");
  const share = form.querySelector("[data-share]");
  const copy = form.querySelector("[data-copy]");

  const write = () => {
    const words = encodeURIComponent(text.value.replaceAll("\n", "\r\n"));
    for (const link of links) link.href = link.dataset.letter + words;
  };
  text.addEventListener("input", write);
  for (const link of links)
    link.addEventListener("click", () => {
      form.elements.kind.value = link.dataset.kind;
    });

  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ title: share.dataset.share, text: text.value });
    } catch {
      // Closed without choosing: the letter is still here.
    }
  });

  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    copy.textContent = copy.dataset.copy;
  });
}
