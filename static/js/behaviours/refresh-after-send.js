// Refreshes a page once something that this phone sent has arrived: it may show it.
import { AppEvent, listen } from "../events.js";
import { fetchLatest, replaceMainIfIdle } from "../offline/replace-main.js";

export default function refreshAfterSend() {
  listen(AppEvent.OUTBOX_DELIVERED, async () => {
    const page = await fetchLatest();
    if (page) replaceMainIfIdle(page);
  });
}
