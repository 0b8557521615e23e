// Searching in the clients on the phone: the same is found as on the server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fold, namedFirst, search, searchKey } from "../../static/js/offline/client-search.js";

const CASES = JSON.parse(readFileSync(new URL("./folding.json", import.meta.url), "utf8"));
const DANA = [5, "Dana Whitfield", ["+4722123456"]];
const ASE = [6, "Åse Nygård", ["+4790000001", "+4755000002"]];
const CLIENTS = [
  [1, "Fjordlys AS", "Ålesund", [ASE]],
  [2, "Halden Freight", null, [DANA, ASE]],
  [3, "Nobody There", "Halden", []],
].map((client) => [...client, searchKey(client)]);
const matching = (typed) => search(CLIENTS, typed).map(([id]) => id);

for (const [typed, folded] of Object.entries(CASES))
  test(`"${typed}" is read as on the server`, () => assert.equal(fold(typed), folded));

test("every word has to fit, whatever the accents", () => {
  assert.deepEqual(matching("alesund"), [1]);
  assert.deepEqual(matching("ÅSE"), [1, 2]);
  assert.deepEqual(matching("halden dana"), [2]);
  assert.deepEqual(matching("halden oslo"), []);
});

test("a number is found however it is spaced", () => {
  for (const typed of ["22 12 34", "+47 2212", "0047 22", "(22) 12-34.56"])
    assert.deepEqual(matching(typed), [2], typed);
});

test("nothing typed shows all, nothing to search by shows none", () => {
  assert.deepEqual(matching("  "), [1, 2, 3]);
  assert.deepEqual(matching("%"), []);
});

test("whom the words name comes first", () => {
  const [, , , contacts] = CLIENTS[1];
  assert.deepEqual(namedFirst(contacts, "halden nygard"), [ASE, DANA]);
  assert.deepEqual(namedFirst(contacts, "halden"), [DANA, ASE]);
});
