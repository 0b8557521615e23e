// Sends what waits once the browser knows of a network, with no page open.
import { send } from "../offline/sending.js";
import { people, workFor } from "../offline/store.js";

export async function sendForAll() {
  for (const person of await people()) {
    workFor(person);
    const results = await send();
    for (const { said } of results.values())
      if (said === "no network" || said === "later") throw new Error("not all of it was sent"); // again later
  }
}
