// What the worker keeps, and under which names. Only caches that begin with PREFIX are ours to delete.

const PREFIX = "rounds-";
// This file lies in its release: /static/<release>/js/worker/lists.js.
const [, , RELEASE] = new URL(import.meta.url).pathname.split("/");

export const OFFLINE = "/offline";
export const ROOT = `/static/${RELEASE}/`;
export const ICON = `${ROOT}icons/icon-192.png`;
export const SHELL = `${PREFIX}shell-${RELEASE}`;
/** @type {(name: string) => boolean} whether a cache has the files of an earlier release */
export const isOldShell = (name) => name.startsWith(`${PREFIX}shell-`) && name !== SHELL;

/** The worker itself, where a page has its window. */
export const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (globalThis.self));
