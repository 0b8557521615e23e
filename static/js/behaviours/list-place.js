// Remembers where the list was left, and is there again when a client's page leads back.
import { savedPlace, savePlace } from "../offline/list-place.js";

const here = () => location.pathname + location.search;

export default function keepPlace() {
  const place = savedPlace();
  if (place?.returning && place.address === here()) scrollTo(0, place.scroll);
  addEventListener("pagehide", () => savePlace({ address: here(), scroll: scrollY }));
}
