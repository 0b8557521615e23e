// A link to a page where something is done, which on this page unfolds it in place. What was unfolded
// stays so when its card comes back from the server.

/** What is unfolded, by data-fold. @type {Set<string>} */
const unfolded = new Set();

/** @param {Marked<"fold", HTMLAnchorElement>} link */
export default function unfold(link) {
  const { fold } = link.dataset;
  const target = document.getElementById(link.getAttribute("aria-controls") ?? "");
  if (!target.hasAttribute("data-folded")) unfolded.add(fold);
  link.role = "button"; // it leads nowhere from here

  const show = () => {
    const isOpen = unfolded.has(fold);
    target.toggleAttribute("data-folded", !isOpen);
    link.setAttribute("aria-expanded", String(isOpen));
  };
  const toggle = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!unfolded.delete(fold)) unfolded.add(fold);
    show();
  };
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  show();
}
