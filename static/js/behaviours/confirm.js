// A "Yes" or a "No" goes to the server: without a network that is said, and can be tapped again.
// The card comes back whole, so what was changed at the others is put in again.
const changed = new Map();
const nameOf = (field) => `${field.form.action} ${field.name}`;

export default function confirm(card) {
  for (const field of card.querySelectorAll("input:not([type=hidden])"))
    if (changed.has(nameOf(field))) field.value = changed.get(nameOf(field));
  card.addEventListener("input", ({ target }) => changed.set(nameOf(target), target.value));

  const say = (form, words) => {
    form.querySelector("[data-said]")?.remove();
    const said = document.createElement("div");
    said.dataset.said = "";
    said.append(words.content.cloneNode(true));
    form.append(said);
  };
  card.addEventListener("htmx:error", ({ target }) =>
    say(target.closest("form"), document.getElementById("no-network")),
  );
  card.addEventListener("htmx:response:error", ({ target, detail }) => {
    const { status } = detail.ctx.response;
    if (status >= 500) say(target.closest("form"), card.querySelector("[data-failed]"));
    else if (status !== 422) location.reload(); // it is somebody else's by now, or was answered
  });
}
