// Plays a note from where something was said in it; without a script the link opens the sound there.
const player = new Audio();

export default function hear(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (!player.paused && player.src === link.href) return player.pause();
    player.src = link.href;
    player.play().catch(() => say(link));
  });
}

function say(link) {
  const words = link.closest("article").querySelector("template[data-silent]");
  if (!link.nextElementSibling) link.after(words.content.cloneNode(true));
}
