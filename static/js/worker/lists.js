// What is kept, and under which names. Only caches that begin with PREFIX are ours to delete.

const PREFIX = "rounds-";
// This file lies in its release: /static/<release>/js/worker/lists.js.
const [, , RELEASE] = new URL(import.meta.url).pathname.split("/");

export const OFFLINE = "/offline";
export const ROOT = `/static/${RELEASE}/`;
export const ICON = `${ROOT}icons/icon-192.png`;
export const SHELL = `${PREFIX}shell-${RELEASE}`;
export const isOldShell = (name) => name.startsWith(`${PREFIX}shell-`) && name !== SHELL;
