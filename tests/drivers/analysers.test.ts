import { describe, expect, test } from "vitest";
import type { Outcome } from "../../core/domain/outcome.ts";
import { findProfile } from "../../drivers/find-profile.ts";
import { play, type Played } from "../../drivers/laws/play.ts";

/** Each analyser's simulated faults, through its line and a whole session: what the station is told. */
const playing = (id: string, fault?: string): Played =>
  play(findProfile(id)!, fault === undefined ? {} : { simulator: { fault } });
const results = ({ outcomes }: Played): readonly Outcome[] =>
  outcomes.filter((each) => each.kind === "measurement" || each.kind === "control");
const readings = (played: Played): readonly unknown[] =>
  results(played).flatMap((each) => ("readings" in each ? each.readings : []));

const all = [
  "abbott-afinion-2",
  "abaxis-piccolo-xpress",
  "ascensia-contour",
  "fujifilm-drichem-nx700i",
  "roche-cobas-c111",
  "roche-cobas-c311",
] as const;

describe.each(all)("%s", (id) => {
  test("asks again for a piece with a wrong bit, and has the same result", () => {
    const bent = playing(id, "bent");
    expect(bent.end?.how).toBe("finished");
    expect(results(bent)).toEqual(results(playing(id)));
    // One answer more than without: NAK, or AE.
    expect(bent.sent.length).toBe(playing(id).sent.length + 1);
  });
  test("a run on control material is a control, and ends a resident's turn without a result", () => {
    const played = playing(id, "control");
    expect(results(played)[0]?.kind).toBe("control");
    expect(played.end).toMatchObject({ how: "failed", code: "gate.control" });
  });
  test.each(["cut", "half"])("a line that is %s gives nothing and says what is missing", (fault) => {
    const played = playing(id, fault);
    expect(results(played)).toEqual([]);
    expect(played.end).toMatchObject({ how: "failed", code: "device.resultIncomplete" });
  });
});

describe("what is below the range keeps its operator, and what was not calculated is no number", () => {
  test.each([
    ["abbott-afinion-2", { quantity: "triglyceride", value: 0.51, unit: "mmol/L", comparator: "<" }],
    ["abaxis-piccolo-xpress", { quantity: "cholesterol.hdl", value: 15, unit: "mg/dL", comparator: "<" }],
    ["fujifilm-drichem-nx700i", { quantity: "glucose", value: 0.6, unit: "mmol/L", comparator: "<" }],
    ["roche-cobas-c111", { quantity: "glucose", value: 0.11, unit: "mmol/L", comparator: "<" }],
    ["roche-cobas-c311", { quantity: "glucose", value: 0.11, unit: "mmol/L", comparator: "<" }],
  ])("%s", (id, reading) => {
    expect(readings(playing(id, "below"))).toContainEqual(reading);
  });
  test.each([
    ["hi", { quantity: "glucose", value: 33.3, unit: "mmol/L", comparator: ">" }],
    ["lo", { quantity: "glucose", value: 20, unit: "mg/dL", comparator: "<" }],
  ])("ascensia-contour %s", (fault, reading) => {
    expect(readings(playing("ascensia-contour", fault))).toEqual([reading]);
  });
  test("abbott-afinion-2 says that LDL could not be calculated", () => {
    expect(results(playing("abbott-afinion-2", "below"))).toMatchObject([{ doubts: ["notCalculable"] }]);
  });
});

describe("what is no result of now", () => {
  test.each(all)("%s: what waited in the device for an answer may belong to anybody", (id) => {
    const [result] = results(playing(id));
    expect(result).toMatchObject({ kind: "measurement", stored: true });
    // Its time and the device's clock come with it: the gate needs both.
    expect(result).toHaveProperty("deviceTime");
    expect(playing(id).outcomes).toContainEqual(expect.objectContaining({ kind: "information", about: "clock" }));
  });
  test("a run of yesterday that is sent again keeps its time", () => {
    expect(results(playing("abaxis-piccolo-xpress", "resent"))).toMatchObject([
      { kind: "measurement", stored: true, deviceTime: "2027-01-14T08:00:00" },
    ]);
  });
  test.each(["average", "emptyMemory"])("ascensia-contour %s is told as information", (fault) => {
    const played = playing("ascensia-contour", fault);
    expect(results(played)).toEqual([]);
    expect(played.outcomes[0]?.kind).toBe("information");
  });
  test.each([
    ["insufficientSample", "device.resultIncomplete"],
    ["discRefused", "device.unknown"],
  ])("abaxis-piccolo-xpress %s fails at once", (fault, code) => {
    const played = playing("abaxis-piccolo-xpress", fault);
    expect(played.end).toMatchObject({ how: "failed", code });
    expect(played.end!.atMs).toBeLessThan(2_000);
  });
  test.each(["roche-cobas-c111", "roche-cobas-c311"])("%s: a test without a site's code has no number", (id) => {
    const played = playing(id, "unmapped");
    expect(results(played)).toEqual([]);
    expect(played.outcomes).toContainEqual(expect.objectContaining({ kind: "information", about: "unmapped" }));
  });
});
