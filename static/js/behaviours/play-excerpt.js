// Plays a spoken note from where a suggestion was read in it; without scripts the link opens the sound
// there.
const player = new Audio();

/** @param {HTMLAnchorElement} link */
export default function playExcerpt(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (!player.paused && player.src === link.href) return player.pause();
    player.src = link.href;
    player.play().catch(() => showFailure(link));
  });
}

/** @param {HTMLAnchorElement} link */
function showFailure(link) {
  /** @type {HTMLTemplateElement | undefined} */
  const words = link.closest("article")?.querySelector("template[data-silent]");
  if (words && !link.nextElementSibling) link.after(words.content.cloneNode(true));
}
