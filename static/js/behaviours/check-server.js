// Asks whether the server can be reached before a form goes there: the browser's own error page would
// stand in the place of what was typed. Forms that are kept on the phone first do not come here.
const PATIENCE = 5000; // milliseconds

export default async function reach(form, submitter) {
  form.querySelector("[data-no-network]")?.remove();
  if (await reached()) return true;
  const words = document.getElementById("no-network").content.cloneNode(true);
  (submitter ?? form.lastElementChild).after(words);
  return false;
}

const reached = () =>
  fetch("/healthz", {
    method: "HEAD",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  }).then(
    () => true,
    () => false,
  );
