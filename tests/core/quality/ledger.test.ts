import { describe, expect, test } from "vitest";
import type { Entry, EntryBody, EntryType } from "../../../core/journal/entry.ts";
import type { DeviceFacts } from "../../../core/quality/facts.ts";
import { noFacts } from "../../../core/quality/facts.ts";
import { Ledger } from "../../../core/quality/ledger.ts";

const staff = { id: "s1", name: "样本甲", role: "technician" };
const start = Date.parse("2026-06-15T00:00:00.000Z");

type Said = readonly [type: EntryType, body: object];

/** Entries one second apart, named e1, e2, … */
function journal(...said: readonly Said[]): readonly Entry[] {
  return said.map(([type, body], index) => ({
    owner: "station",
    seq: index + 1,
    id: `e${String(index + 1)}`,
    type,
    heardAt: new Date(start + index * 1_000).toISOString(),
    monoMs: index,
    actor: { role: "station", id: "station" },
    subject: null,
    visit: null,
    body: body as Entry["body"],
    prevHash: "0".repeat(64),
    hash: "0".repeat(64),
  }));
}
function told(...said: readonly Said[]): DeviceFacts {
  const ledger = new Ledger();
  for (const entry of journal(...said)) ledger.take(entry);
  return ledger.device("d");
}
const at = (index: number) => ({ entry: `e${String(index)}`, at: start + (index - 1) * 1_000 });

type Lot = EntryBody<"lot.opened">["lot"];
const lot = (more: Partial<Lot> = {}): Lot => ({
  kind: "strip",
  device: "d",
  lot: "A",
  expiry: "2026-12-31",
  openedOn: "2026-06-01",
  openDays: 90,
  ...more,
});
const opened = (more: Partial<Lot> = {}) => ["lot.opened", { lot: lot(more), by: staff, specimen: false }] as const;
const closed = (kind: Lot["kind"], name: string) =>
  ["lot.closed", { device: "d", lot: name, kind, by: staff }] as const;
const run = (more: Partial<EntryBody<"control.run">> = {}) =>
  [
    "control.run",
    {
      id: "r",
      device: "d",
      analyte: "glucose",
      level: "L1",
      lot: "C",
      value: 5,
      unit: "mmol/L",
      range: { low: 4, high: 6 },
      verdict: "passed",
      rules: [],
      operator: staff,
      byHand: true,
      at: "2026-06-15T00:00:00.000Z",
      rawHex: [],
      specimen: false,
      ...more,
    } satisfies EntryBody<"control.run">,
  ] as const;
const check = (more: Partial<EntryBody<"calibration.recorded">> = {}) =>
  [
    "calibration.recorded",
    {
      id: "k",
      device: "d",
      kind: "staticPressure",
      points: [],
      verdict: "passed",
      flags: [],
      technician: staff,
      at: "2026-06-15T00:00:00.000Z",
      specimen: false,
      ...more,
    } satisfies EntryBody<"calibration.recorded">,
  ] as const;
const observed = (more: object) => ["device.observed", { device: "d", ...more }] as const;
const certificate = (number: string, serialNumber: string, specimen = false) =>
  [
    "verification.recorded",
    {
      certificate: {
        device: "d",
        number,
        issuer: "i",
        issued: "2026-01-01",
        validUntil: "2026-12-31",
        serialNumber,
        items: ["示值"],
      },
      by: staff,
      specimen,
    },
  ] as const;
const released = (...conditions: readonly string[]) =>
  [
    "device.released",
    { device: "d", reason: "四个字了", by: staff, reportedBy: "station", evidence: "e", conditions },
  ] as const;
const faulted = (code: string) => ["device.faulted", { device: "d", code }] as const;
const gate = (to: string, ...codes: readonly string[]) =>
  [
    "gate.changed",
    { device: "d", from: null, to, conditions: codes.map((code) => ({ code, state: "blocked" })) },
  ] as const;
const accepted = ["measurement.accepted", { provenance: { device: "d" } }] as const;

test("what was never heard of has no facts", () => {
  const ledger = new Ledger();
  expect(ledger.device("d")).toEqual(noFacts);
  expect(ledger.devices).toEqual([]);
  expect(ledger.training).toEqual([]);
});

describe("whose entry it is", () => {
  test.each([
    ["a run", run(), "d"],
    ["a lot", opened(), "d"],
    ["a certificate", certificate("n", "1"), "d"],
    ["a measurement", accepted, "d"],
    ["a visit", ["visit.opened", {}] as const, undefined],
    ["a word of another program", ["not.known" as EntryType, { device: "d" }] as const, undefined],
  ])("%s: %s", (_, said, device) => {
    const ledger = new Ledger();
    const [entry] = journal(said);
    expect(entry && ledger.take(entry)).toBe(device);
    expect(ledger.devices).toEqual(device === undefined ? [] : [device]);
  });

  test("two devices are kept apart, also their lists", () => {
    const ledger = new Ledger();
    for (const entry of journal(run(), run({ device: "other", id: "o" }), opened())) ledger.take(entry);
    expect(
      [ledger.device("d").runs, ledger.device("other").runs].map((runs) => runs.map((each) => each.run.id)),
    ).toEqual([["r"], ["o"]]);
    expect(ledger.devices).toEqual(["d", "other"]);
    expect(noFacts.runs).toEqual([]);
    expect(ledger.device("other").lots).toEqual([]);
  });
});

test("of training the last word of each operator and kind counts; it is about no device", () => {
  const ledger = new Ledger();
  const certified = (id: string, of: string, validUntil: string) =>
    ["operator.certified", { operator: { ...staff, id }, of, validUntil, by: staff, specimen: false }] as const;
  const said = journal(
    certified("a", "glucose", "2026-01-01"),
    certified("a", "lipids", "2026-02-02"),
    certified("b", "glucose", "2026-03-03"),
    certified("a", "glucose", "2027-01-01"),
  );
  expect(said.map((entry) => ledger.take(entry))).toEqual([undefined, undefined, undefined, undefined]);
  expect(ledger.training).toEqual([
    { ...at(4), operator: { ...staff, id: "a" }, of: "glucose", validUntil: "2027-01-01" },
    { ...at(2), operator: { ...staff, id: "a" }, of: "lipids", validUntil: "2026-02-02" },
    { ...at(3), operator: { ...staff, id: "b" }, of: "glucose", validUntil: "2026-03-03" },
  ]);
});

describe("lots", () => {
  const inUse = ({ lots }: DeviceFacts) => lots.map((each) => each.lot.lot);
  test("one opened is in use, with who opened it and when", () => {
    const { lots, allLots } = told(opened());
    expect(lots).toEqual([{ ...at(1), lot: lot(), by: staff }]);
    expect(allLots).toEqual(lots);
  });
  test("a new one takes the place of the old one, which stays for the charts", () => {
    const facts = told(opened(), opened({ lot: "B" }));
    expect(inUse(facts)).toEqual(["B"]);
    expect(facts.allLots.map((each) => each.lot.lot)).toEqual(["A", "B"]);
  });
  test.each([
    ["kind", { kind: "reagent" as const }],
    ["analyte", { analyte: "triglyceride" as const }],
    ["level", { level: "L2" as const }],
  ])("one of another %s takes no place", (_, more) => {
    expect(inUse(told(opened({ lot: "B", ...more }), opened()))).toEqual(["B", "A"]);
  });
  test("one closed is no longer in use", () => {
    const facts = told(opened(), closed("strip", "A"));
    expect([inUse(facts), facts.allLots.length]).toEqual([[], 1]);
  });
  test("one of another kind or another name is not closed with it", () => {
    const two = [opened({ kind: "control", level: "L1" }), opened()] as const;
    expect(inUse(told(...two, closed("strip", "B")))).toEqual(["A", "A"]);
    expect(told(...two, closed("strip", "A")).lots.map((each) => each.lot.kind)).toEqual(["control"]);
  });
});

describe("controls", () => {
  test("each one is kept, oldest first", () => {
    expect(told(run(), run({ id: "s" })).runs.map((each) => [each.entry, each.at, each.run.id])).toEqual([
      ["e1", start, "r"],
      ["e2", start + 1_000, "s"],
    ]);
  });
  test("a rejected one is latched, once per analyte and level, with its first reporter", () => {
    const rejected = (more: Parameters<typeof run>[0]) => run({ verdict: "rejected", ...more });
    const { latches } = told(
      rejected({}),
      rejected({ operator: { ...staff, id: "s2" } }),
      rejected({ level: "L2" }),
      run(),
    );
    expect(latches).toEqual([
      { ...at(1), code: "controlRejected", reportedBy: "s1", about: "glucose L1" },
      { ...at(3), code: "controlRejected", reportedBy: "s1", about: "glucose L2" },
    ]);
  });
  test.each(["failed", "warning", "passed"] as const)("one that %s is not", (verdict) => {
    expect(told(run({ verdict })).latches).toEqual([]);
  });
});

describe("firmware", () => {
  test("the first that was heard counts as checked", () => {
    expect(told(observed({ firmware: "1" }), observed({ firmware: "2" })).checkedFirmware).toBe("1");
  });
  test("a passing control or check has checked what is in the device now", () => {
    expect(told(observed({ firmware: "1" }), observed({ firmware: "2" }), run()).checkedFirmware).toBe("2");
    expect(told(observed({ firmware: "1" }), check({ firmware: "2" })).checkedFirmware).toBe("2");
  });
  test.each([
    ["a failed control", run({ verdict: "failed" })],
    ["a failed check", check({ verdict: "failed" })],
  ])("%s has checked nothing", (_, said) => {
    expect(told(observed({ firmware: "1" }), observed({ firmware: "2" }), said).checkedFirmware).toBe("1");
  });
  test("a check of a device that tells none leaves none", () => {
    expect(told(check())).not.toHaveProperty("checkedFirmware");
  });
});

describe("checks", () => {
  test("the last of each kind counts, also a failed one", () => {
    const { checks } = told(check(), check({ kind: "leakage" }), check({ verdict: "failed" }));
    expect([checks.staticPressure?.entry, checks.staticPressure?.record.verdict, checks.leakage?.entry]).toEqual([
      "e3",
      "failed",
      "e2",
    ]);
  });
  test("the first passing repeatability is the baseline for good", () => {
    const repeat = (baseline: number, verdict: "passed" | "failed" = "passed") =>
      check({ kind: "repeatability", baseline, verdict });
    expect(told(repeat(130, "failed"), repeat(120), repeat(122)).baseline).toBe(120);
    expect(told(check())).not.toHaveProperty("baseline");
  });
});

describe("which unit it is", () => {
  test("the first serial number that was heard is the registered one", () => {
    const facts = told(observed({ serialNumber: "1" }), observed({ serialNumber: "2" }));
    expect([facts.registeredSerial, facts.observed.serialNumber]).toEqual(["1", "2"]);
  });
  test("a certificate names the unit from then on; a specimen names none", () => {
    expect(told(observed({ serialNumber: "1" }), certificate("n", "2")).registeredSerial).toBe("2");
    expect(told(observed({ serialNumber: "1" }), certificate("n", "2", true)).registeredSerial).toBe("1");
  });
  test("who signs for another unit registers it", () => {
    const swapped = [observed({ serialNumber: "1" }), observed({ serialNumber: "2" })] as const;
    expect(told(...swapped, released("identityChanged")).registeredSerial).toBe("2");
    expect(told(...swapped, released("selfTest")).registeredSerial).toBe("1");
    expect(told(certificate("n", "1"), released("identityChanged")).registeredSerial).toBe("1");
  });
  test("what a device says of itself is kept until it says something else", () => {
    const { observed: seen } = told(
      observed({ serialNumber: "1", firmware: "f", stripCode: "25", clockOffsetMs: 5 }),
      observed({ stripCode: "17" }),
    );
    expect(seen).toStrictEqual({ serialNumber: "1", firmware: "f", stripCode: "17", clockOffsetMs: 5 });
    expect(told(observed({})).observed).toStrictEqual({});
  });
  test("what never told its number is no registered unit", () => {
    expect(told(observed({ firmware: "1" }))).not.toHaveProperty("registeredSerial");
  });
  test("a control and a check tell it, too", () => {
    expect(told(run({ serialNumber: "1" })).registeredSerial).toBe("1");
    expect(told(check({ serialNumber: "1" })).registeredSerial).toBe("1");
  });
  test("a clock that was set is right", () => {
    expect(told(observed({ clockOffsetMs: 400_000 }), ["device.clockSet", { device: "d" }]).observed).toStrictEqual({
      clockOffsetMs: 0,
    });
  });
  test("another entry does not set it", () => {
    expect(told(observed({ clockOffsetMs: 400_000 }), ["device.cleaned", { device: "d" }]).observed).toStrictEqual({
      clockOffsetMs: 400_000,
    });
  });
});

test("papers: the certificate in force, every one there was, comparisons, cleaning, reviews", () => {
  const pairs = [{ analyte: "glucose", device: 5, laboratory: 5, difference: 0, limit: 0.83, ok: true }];
  const review = { device: "d", control: "r", since: null, measurements: ["m"] };
  const facts = told(
    certificate("n1", "1"),
    certificate("n2", "1"),
    ["comparison.recorded", { device: "d", pairs, verdict: "passed", by: staff, at: "", specimen: false }],
    ["device.cleaned", { device: "d", by: staff, specimen: false }],
    ["control.reviewed", { device: "d", month: "2026-05", by: staff }],
    ["control.reviewed", { device: "d", month: "2026-06", by: { ...staff, name: "样本乙" } }],
    ["results.underReview", review],
  );
  expect([facts.certificate?.certificate.number, facts.certificate?.entry]).toEqual(["n2", "e2"]);
  expect(facts.certificates.map((each) => each.certificate.number)).toEqual(["n1", "n2"]);
  expect(facts.comparisons).toEqual([{ ...at(3), pairs, verdict: "passed", by: staff }]);
  expect(facts.cleaned).toEqual(at(4));
  expect(facts.reviewedMonths).toEqual({ "2026-05": "样本甲", "2026-06": "样本乙" });
  expect(facts.reviews).toEqual([{ ...at(7), review }]);
});

test("what was not cleaned, compared or reviewed has no fact of it", () => {
  const { cleaned, comparisons, reviews, reviewedMonths, overrides, certificates, gate: state } = told(observed({}));
  expect({ cleaned, comparisons, reviews, reviewedMonths, overrides, certificates, state }).toEqual({
    cleaned: undefined,
    comparisons: [],
    reviews: [],
    reviewedMonths: {},
    overrides: [],
    certificates: [],
    state: undefined,
  });
});

test("an override is kept with its end, its reason and who signed", () => {
  const used = [
    "override.used",
    { device: "d", reason: "村里急用", by: staff, until: "2026-06-15T02:00:00.000Z" },
  ] as const;
  expect(told(used).overrides).toEqual([{ ...at(1), until: start + 7_200_000, by: staff, reason: "村里急用" }]);
});

describe("cuff errors", () => {
  const loose = faulted("device.cuffLoose");
  const leak = faulted("device.cuffLeak");
  test("three in a row are latched, two are not", () => {
    expect(told(loose, leak).latches).toEqual([]);
    expect(told(loose, leak, loose).latches).toEqual([{ ...at(3), code: "cuffThrice", reportedBy: "station" }]);
    expect(told(loose, leak).cuffErrors).toEqual({ count: 2, at: start + 1_000 });
  });
  test("a good measurement between them begins anew", () => {
    const facts = told(loose, leak, accepted, loose);
    expect([facts.latches, facts.cuffErrors]).toEqual([[], { count: 1, at: start + 3_000 }]);
  });
  test("so does a release", () => {
    expect(told(loose, leak, released("cuffThrice"), loose).cuffErrors.count).toBe(1);
  });
  test("an error that is the arm's is none of the cuff's", () => {
    const weak = faulted("device.weakPulse");
    expect(told(weak, weak, weak)).toMatchObject({ latches: [], cuffErrors: { count: 0 } });
  });
  test("a fault of the device itself is latched at once, and is none of the cuff's", () => {
    expect(told(faulted("device.pump"))).toMatchObject({
      latches: [{ code: "selfTest", reportedBy: "station" }],
      cuffErrors: { count: 0 },
    });
  });
});

describe("the state that was kept", () => {
  test("is known again, with the codes in order", () => {
    expect(told(gate("blocked", "notCleaned", "lotMissing")).gate).toEqual({
      state: "blocked",
      at: start,
      codes: "notCleaned,lotMissing",
    });
  });
  test.each(["cuffThrice", "selfTest", "identityChanged"])("%s is latched from it", (code) => {
    expect(told(gate("blocked", "notCleaned", code)).latches).toEqual([{ ...at(1), code, reportedBy: "station" }]);
  });
  test("each of them is latched", () => {
    expect(told(gate("blocked", "cuffThrice", "selfTest")).latches.map(({ code }) => code)).toEqual([
      "cuffThrice",
      "selfTest",
    ]);
  });
  test("what is latched ends with a release that names it, and only that", () => {
    const facts = told(gate("blocked", "cuffThrice", "selfTest"), released("selfTest"));
    expect(facts.latches.map(({ code }) => code)).toEqual(["cuffThrice"]);
  });
});
