// What was sent from this phone shows on the page that it was said on.
import { latest, showQuietly } from "../offline/replace-main.js";

export default function renew() {
  document.addEventListener("reached", async () => {
    const page = await latest();
    if (page) showQuietly(page);
  });
}
