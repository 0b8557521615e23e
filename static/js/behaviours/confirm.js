// A "Yes" or a "No" goes to the server: without a network that is said, and can be tapped again.
export default function confirm(card) {
  card.addEventListener("htmx:error", ({ target }) => {
    const form = target.closest("form");
    form.querySelector("[data-no-network]")?.remove();
    form.append(document.getElementById("no-network").content.cloneNode(true));
  });
}
