import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../../../core/journal/entry.ts";
import { entryBodies, measurementSchema } from "../../../core/journal/entry.ts";
import { bodyOf, visitResults } from "../../../core/journal/visit-results.ts";
import { qualityTypes } from "../../../core/quality/ledger.ts";
import { project } from "../../../station/store/views/project.ts";
import { codeOf } from "../fakes/station.ts";
import { enterControl, measureGlucose, meterDevice, meterId, newId, signIn, stationOf } from "./kit.ts";

test("from a number to its device, frames, control run, lot and operator in one step, without sign-in", async () => {
  const { client, clock, journal } = await stationOf(meterId);
  const { run } = await enterControl(client, await signIn(client, "operator"), 5.1);
  const id = await measureGlucose({ client, clock });
  const proof = await client.quality.proof({ measurement: id });
  const entries = await journal();
  const entry = entries.find((each) => bodyOf(each, "measurement.accepted")?.id === id);
  const accepted = entry && bodyOf(entry, "measurement.accepted");
  expect(proof).toMatchObject({
    measurement: id,
    of: "glucose",
    device: { id: meterDevice, serialNumber: "SIM000001" },
    frames: {
      count: 2,
      sha256: createHash("sha256")
        .update(accepted?.provenance.rawHex.join("\n") ?? "")
        .digest("hex"),
    },
    entry: { seq: entry?.seq, hash: entry?.hash },
    gate: { state: "ready", conditions: [] },
    controls: [{ id: run.id, value: 5.1, operator: { name: "演示村医" } }, { level: "L2" }],
    lots: [{ lot: "SPECIMEN-L1" }, { lot: "SPECIMEN-L2" }, { lot: "SPECIMEN-S" }],
    specimen: true,
    recognition: { fit: false, lacks: ["simulated", "person"] },
  });
});

test("a proof shows no number of the resident, no visit and no name", async () => {
  const { client, clock, journal } = await stationOf(meterId);
  const id = await measureGlucose({ client, clock });
  const proof = await client.quality.proof({ measurement: id });
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? [])[0];
  const said = JSON.stringify(proof);
  expect(said).not.toContain(accepted?.visit);
  expect(said).not.toContain(accepted?.provenance.rawHex[0]);
  expect(proof).not.toHaveProperty("readings");
  expect(proof).not.toHaveProperty("resident");
});

test("what was never measured has no proof", async () => {
  const { client } = await stationOf(meterId);
  expect(await codeOf(client.quality.proof({ measurement: newId() }))).toBe("quality.unknown");
});

test("a measurement from before there was a gate is still one", async () => {
  const { client, clock, journal } = await stationOf(meterId);
  await measureGlucose({ client, clock });
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? [])[0];
  const { quality, ...before } = accepted ?? {};
  expect([quality?.gate, measurementSchema.safeParse(before).success]).toEqual(["ready", true]);
});

/** A body of this very type, as JSON would carry it: the law is about types, so any body will do. */
const anyEntry = (type: string): fc.Arbitrary<Entry> =>
  fc.record({
    owner: fc.constant("s"),
    seq: fc.nat(),
    id: fc.uuid(),
    type: fc.constant(type),
    heardAt: fc.constant("2026-06-15T00:00:00.000Z"),
    monoMs: fc.constant(0),
    actor: fc.constant({ role: "technician", id: "t" }),
    subject: fc.option(fc.uuid(), { nil: null }),
    visit: fc.option(fc.uuid(), { nil: null }),
    body: fc.dictionary(
      fc.constantFrom("id", "of", "readings", "value", "analyte", "measurements"),
      fc.jsonValue(),
    ) as fc.Arbitrary<Entry["body"]>,
    prevHash: fc.constant("0".repeat(64)),
    hash: fc.constant("0".repeat(64)),
  });

test.each(qualityTypes)("law: %s never becomes a result, and touches no table of residents", (type) => {
  expect(entryBodies[type]).toBeDefined();
  fc.assert(
    fc.property(anyEntry(type), (entry) => {
      const { results, refusals, opinions } = visitResults([entry]);
      const tables = project(entry).map(({ table }) => table);
      return (
        results.length + refusals.length + opinions.length === 0 &&
        tables.every((table) => table === "acts" || table === "visits")
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

test("law: a control run can carry neither a visit nor a resident, whatever is handed in", () => {
  const shape = Object.keys(entryBodies["control.run"].shape);
  expect(shape.filter((name) => /visit|resident|subject|person/i.test(name))).toEqual([]);
});
