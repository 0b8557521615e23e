// Sends the outbox once the browser knows of a network (background sync), with no page open.
import { Result, send } from "../offline/sender.js";
import { usersWithKey } from "../offline/store.js";
import { checkSignIn } from "./session.js";

/** @throws {Error} when part of it was not sent, so that the browser tries again later */
export async function sendForAll() {
  for (const userId of await usersWithKey())
    for (const { result } of (await send(null, userId)).values()) {
      if (result === Result.SIGNED_OUT) await checkSignIn(); // or somebody else is signed in by now
      if (result === Result.OFFLINE || result === Result.RETRY)
        throw new Error("not all of it was sent");
    }
}
