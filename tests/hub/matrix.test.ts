import { isContractProcedure } from "@orpc/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hubContract } from "../../core/contract/hub.ts";
import { stationContract } from "../../core/contract/station.ts";
import { allows, rights, roles } from "../../core/rights.ts";
import { cases, type HubOperation } from "./matrix/cases.ts";
import { World } from "./matrix/world.ts";
import { codeOf } from "./parties.ts";

/** Role × operation × relation, every cell of it, through the hub's door. The table says who; the cases say what it looks like. */
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.town.end());

function pathsOf(contract: object, path: readonly string[] = []): readonly string[] {
  return Object.entries(contract).flatMap(([name, inner]: [string, unknown]) => {
    if (isContractProcedure(inner)) return [[...path, name].join(".")];
    return inner !== null && typeof inner === "object" ? pathsOf(inner, [...path, name]) : [];
  });
}

/** Asked before anybody can be signed in, or about oneself; and the proof, which names nobody. */
const open = ["staff.list", "staff.signIn", "staff.setUp", "staff.signOut", "staff.stay", "quality.proof"];

test("every operation of every door has a row, every row a door, and every row of the hub's door a case", () => {
  const { technician, quality } = stationContract;
  const hub = pathsOf(hubContract);
  const station = pathsOf({ ...technician, quality }).filter((path) => !open.includes(path));
  expect([...hub, ...station].sort()).toEqual(Object.keys(rights).sort());
  expect(Object.keys(cases).sort()).toEqual([...hub].sort());
});

test.each(["", "constructor", "__proto__", "toString", "call", "call.", "call.watch.x", "CALL.WATCH", "call.watch "])(
  "what is no operation is nobody's: %j",
  (operation) => {
    expect(roles.map((role) => allows(role, operation))).toEqual(roles.map(() => "no"));
  },
);

const operations = Object.keys(cases) as HubOperation[];
const cells = operations.flatMap((operation) => {
  const kinds = cases[operation].hasGone ? (["in", "out", "gone"] as const) : (["in", "out"] as const);
  // Those whom the table refuses first.
  const asking = roles.toSorted(
    (a, b) => Number(allows(a, operation) !== "no") - Number(allows(b, operation) !== "no"),
  );
  return asking.flatMap((role) => kinds.map((cell) => ({ operation, role, cell })));
});

test.each(cells)("$operation, $role, $cell", async ({ operation, role, cell }) => {
  const one = cases[operation];
  const isNo = allows(role, operation) === "no";
  // Who has no row asks for somebody else's: for a thing that is really there, and made by those who may.
  const able = isNo ? (roles.find((other) => allows(other, operation) !== "no") ?? role) : role;
  const { ask, check } = isNo ? await one.run(world, cell, able, role) : await one.run(world, cell, role);
  const { id } = world.party(role, cell === "in" ? "in" : "out");
  const before = world.town.hub.journal.head.seq;
  let heard: unknown;
  const answer = await codeOf(
    ask().then(async (value) => {
      heard = check.shown ? await first(value) : undefined;
      await leave(value);
    }),
  );
  const expected = isNo ? "account.forbidden" : one.expected(cell, role);
  expect(answer).toBe(expected);
  if (check.shown && !isNo) expect(JSON.stringify(heard).includes(check.shown.text)).toBe(check.shown.wanted);
  if (isNo || expected !== "ok") expect(await check.untouched()).toBe(true);

  const refusals = world.town.hub.journal
    .entriesAfter(before, 100)
    .filter(({ type, actor, body }) => type === "access.decided" && actor.id === id && body.allowed === false)
    .map(({ body }) => body);
  const isRefused = isNo || (cell === "out" && one.written && one.isOut(role));
  const nowhere = cell === "gone" && !isNo && (expected === "care.noRelation" || expected === "consult.notYours");
  expect(refusals).toEqual(isRefused || nowhere ? [expect.objectContaining({ role, operation, allowed: false })] : []);
});

const isFeed = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
const first = async (value: unknown) => (isFeed(value) ? ((await value.next()).value as unknown) : value);
const leave = async (value: unknown) => (isFeed(value) ? value.return?.() : undefined);
