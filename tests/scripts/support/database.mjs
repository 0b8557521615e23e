// IndexedDB by way of idb, as far as offline/store.js uses it: in memory, and without rollback.

const stores = new Map(); // by name: { keyPath, rows: [{ key, row }] in the order of their keys }
let failure = null;
let hanging = null; // rejects what waits for a database that never opens

/** Forgets every row, and works again. */
export function reset() {
  stores.clear();
  failure = null;
  hanging?.reject(new Error("closed"));
  hanging = null;
}

/** Every later write fails with `error`. */
export const failWith = (error) => {
  failure = error;
};

/** Never opens, until it is reset. */
export function hang() {
  hanging = {};
  hanging.opened = new Promise((_resolve, reject) => {
    hanging.reject = reject;
  });
  hanging.opened.catch(() => {}); // nobody may have asked for it
}

/** The rows of a store as they lie on the disk. */
export const rowsOf = (name) => (stores.get(name)?.rows ?? []).map(({ row }) => row);

export async function openDB(_name, _version, { upgrade }) {
  if (hanging) return hanging.opened;
  if (stores.size === 0) upgrade(database, 0);
  return database;
}

const database = {
  createObjectStore: (name, { keyPath }) => stores.set(name, { keyPath, rows: [] }),
  transaction: () => ({ objectStore, done: failure ? Promise.reject(failure) : Promise.resolve() }),
  get: async (name, key) => objectStore(name).get(key),
  getAll: async (name, range) => within(name, range).map(({ row }) => structuredClone(row)),
  getAllKeys: async (name, range) => within(name, range).map(({ key }) => key),
};

function objectStore(name) {
  const store = stores.get(name);
  const { keyPath } = store;
  const keyOf = (row) => (Array.isArray(keyPath) ? keyPath.map((part) => row[part]) : row[keyPath]);
  const without = (range) => store.rows.filter(({ key }) => !isWithin(key, range));
  return {
    keyPath,
    get: async (key) => within(name, key)[0]?.row,
    async put(row) {
      if (failure) throw failure;
      const key = keyOf(row);
      store.rows = [...without(key), { key, row: structuredClone(row) }];
      store.rows.sort((left, right) => compare(left.key, right.key));
    },
    async delete(range) {
      if (failure) throw failure;
      store.rows = without(range);
    },
    async openKeyCursor(range) {
      return within(name, range).at(-1) ?? null; // backwards: the last comes first
    },
  };
}

const within = (name, range) => stores.get(name).rows.filter(({ key }) => isWithin(key, range));

function isWithin(key, range) {
  if (range === undefined) return true;
  const { lower, upper } = range.lower ? range : { lower: range, upper: range };
  return compare(lower, key) <= 0 && compare(key, upper) <= 0;
}

// Numbers come before texts, and texts before lists, which are compared item by item.
function compare(left, right) {
  const [leftRank, rightRank] = [left, right].map(rank);
  if (leftRank !== rightRank) return leftRank - rightRank;
  if (!Array.isArray(left)) return left < right ? -1 : Number(left > right);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compare(left[at], right[at]);
    if (order) return order;
  }
  return left.length - right.length;
}

const rank = (key) => (Array.isArray(key) ? 2 : typeof key === "string" ? 1 : 0);

globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower, upper }) };
