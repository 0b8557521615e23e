// A phone without a screen: what its browser keeps, one page on it, and the server.
import { register } from "node:module";
import * as database from "./database.mjs";

register("./hooks.mjs", import.meta.url);

const SCRIPTS = new URL("../../../static/js/", import.meta.url);
const KEY = new Uint8Array(32).fill(7);
let pages = 0;

/** Starts anew: nothing is on the phone, `user` is signed in, and the server can be reached. */
export function newPhone(user = "1") {
  database.reset();
  globalThis.localStorage = new Storage();
  globalThis.document = Object.assign(new EventTarget(), { body: { dataset: { user } } });
  Object.defineProperty(globalThis, "navigator", { value: { locks: locks() }, configurable: true });
  server.requests = [];
  server.answer = () => new Response("", { status: 201 });
  server.key = KEY;
  openPage();
}

/** A page that is opened or reloaded: its scripts know nothing of the one before. */
export const openPage = () => {
  pages += 1;
};

/** A script of the page, by its path in static/js. */
export const script = (path) => import(new URL(`${path}?page=${pages}`, SCRIPTS).href);

/** Answers each request with `answer(request)`; without a `key` it has none to hand out. */
export const server = { requests: [], answer: null, key: KEY };

globalThis.fetch = async (address, { method = "GET", headers = {}, body } = {}) => {
  if (address === "/phone-key") {
    if (!server.key) throw new TypeError("Failed to fetch");
    return new Response(server.key);
  }
  const request = { address, method, headers, fields: body && Object.fromEntries(body) };
  server.requests.push(request);
  return server.answer(request);
};

/** An answer that came by way of a redirect. */
export const redirectedTo = (url) =>
  Object.defineProperties(new Response(""), { redirected: { value: true }, url: { value: url } });

export const offline = () => {
  throw new TypeError("Failed to fetch");
};

// Its items are properties of their own, as in a browser.
class Storage {
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }
  setItem(name, text) {
    this[name] = String(text);
  }
  removeItem(name) {
    delete this[name];
  }
}

function locks() {
  const held = new Map(); // by name: resolves once it is free again
  return {
    async request(name, ...rest) {
      const callback = rest.pop();
      const [{ ifAvailable = false } = {}] = rest;
      if (ifAvailable && held.has(name)) return callback(null);
      const before = held.get(name);
      const work = Promise.resolve(before).then(() => callback({ name }));
      const free = work.then(
        () => {},
        () => {},
      );
      held.set(name, free);
      free.then(() => held.get(name) === free && held.delete(name));
      return work;
    },
  };
}
