import { expect, test } from "vitest";
import { catalogueOf, interactionsOf } from "../../../core/care/drugs.ts";
import { readCatalogue } from "../../../hub/care/catalogue.ts";

const catalogue = readCatalogue();
const drugs = [...catalogue.drugs.values()];

test("the list that comes with the program is a specimen and says so", () => {
  expect(catalogue.specimen).toBe(true);
  expect(drugs.length).toBeGreaterThanOrEqual(40);
});

test("every interaction is of drugs in the list, on both sides", () => {
  const idle = catalogue.interactions.filter(
    (one) => !drugs.some((drug) => drugs.some((other) => interactionsOf(drug, other, catalogue).includes(one))),
  );
  expect(idle.map(({ id }) => id)).toEqual([]);
});

test("no drug interacts with itself by an entry of the list", () => {
  const own = drugs.filter((drug) => interactionsOf(drug, drug, catalogue).length > 0);
  expect(own.map(({ id }) => id)).toEqual([]);
});

test("an ingredient has one unit in the whole list, so that a day's amounts can be summed", () => {
  const units = new Map<string, Set<string>>();
  for (const { name, unit } of drugs.flatMap(({ ingredients }) => ingredients))
    units.set(name, (units.get(name) ?? new Set()).add(unit));
  expect([...units].filter(([, all]) => all.size > 1)).toEqual([]);
});

test("a list with an id twice is refused", () => {
  const list = { name: "n", version: "1", specimen: true, note: "n", drugs: [drugs[0], drugs[0]] };
  expect(() => catalogueOf(list, { name: "n", version: "1", specimen: true, note: "n", interactions: [] })).toThrow();
});
