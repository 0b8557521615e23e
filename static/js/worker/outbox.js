// Sends what waits once the browser knows of a network, with no page open.
import { send } from "../offline/sender.js";
import { people } from "../offline/store.js";

export async function sendForAll() {
  for (const person of await people())
    for (const { said } of (await send(null, person)).values())
      if (said === "no network" || said === "later") throw new Error("not all of it was sent"); // again later
}
