// Checks that the server can be reached before a form goes there: the browser's own error page would
// take the place of what was typed. Forms that go by way of the outbox do not come here.
const TIMEOUT = 5000; // milliseconds

/**
 * Resolves to whether it can; says so in the form where it cannot.
 * @type {(form: HTMLFormElement, submitter: HTMLElement | null) => Promise<boolean>}
 */
export default async function checkServer(form, submitter) {
  form.querySelector("[data-no-network]")?.remove();
  if (await isReachable()) return true;
  /** @type {HTMLTemplateElement} */
  const words =
    form.querySelector("template[data-unreached]") ?? document.getElementById("no-network");
  (submitter ?? form.lastElementChild)?.after(words.content.cloneNode(true));
  return false;
}

const isReachable = () =>
  fetch("/healthz", {
    method: "HEAD",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT),
  }).then(
    () => true,
    () => false,
  );
