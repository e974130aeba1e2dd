import { describe, expect, test } from "vitest";
import { findProfile } from "../../drivers/find-profile.ts";
import { checkProfile } from "../../drivers/kit/index.ts";

type Json = Record<string, unknown>;
const cuff = findProfile("raycome-rbp-9000c")!;
const meter = findProfile("lifescan-onetouch-ultraeasy")!;

/** A copy of a sound profile, changed at one place. */
function changed(profile: unknown, path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(profile)) as Json;
  const keys = path.split(".");
  const last = keys.pop()!;
  let at = copy;
  for (const key of keys) at = at[key] as Json;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

describe("a profile is refused with the place and the reason", () => {
  test.each([
    ["a missing id", cuff, "id", undefined, "id"],
    ["an unknown key", cuff, "colour", "red", "colour"],
    ["a baud rate in words", cuff, "serial.baudRate", "fast", "serial.baudRate"],
    ["an unknown check", cuff, "envelopes.host.check.kind", "crc7", "envelopes.host.check.kind"],
    ["a fault that is not declared", cuff, "meaning.failure.otherwise", "device.nope", "meaning.failure.otherwise"],
    ["a fault that is not a device's", cuff, "meaning.failure.otherwise", "store.full", "meaning.failure.otherwise"],
    ["a code the device does not have", cuff, "meaning.failure.codes", { "3": "device.pump" }, "meaning.failure"],
    ["a host frame without a meaning", cuff, "meaning.cuff", undefined, "meaning.cuff"],
    [
      "a meaning without a frame",
      cuff,
      "meaning.nothing",
      { kind: "information", about: "x", values: {} },
      "meaning.nothing",
    ],
    ["a reading in a wrong unit", cuff, "meaning.cuff.readings", [["pulse.rate", "pressure"]], "meaning.cuff"],
    ["a reading of a missing field", cuff, "meaning.cuff.readings", [["bp.cuff", "presure"]], "meaning.cuff"],
    ["a field outside its frame", cuff, "frames.cuff.fields.pressure.at", 8, "frames.cuff.fields.pressure"],
    ["a range upside down", cuff, "frames.cuff.fields.pressure.min", 400, "frames.cuff.fields.pressure"],
    ["a session that sends a host frame", cuff, "session.steps.0.send", "result", "session.steps.0"],
    ["a cuff without a stop", cuff, "session.stop", undefined, "session.stop"],
    ["a weak check that nobody confirms", cuff, "confirm", "none", "confirm"],
    ["a check that is not the envelope's", cuff, "check", "sum8", "check"],
    ["a silence longer than ten seconds", cuff, "session.steps.2.silenceMs", 60_000, "session.steps.2.silenceMs"],
    [
      "a simulator line without a value",
      cuff,
      "simulate.answers.start.2.values.pulse",
      undefined,
      "simulate.answers.start.2",
    ],
    [
      "a simulator line that does not fit",
      cuff,
      "simulate.answers.start.2.values.user",
      4_000,
      "simulate.answers.start.2",
    ],
    [
      "a frame that erases",
      meter,
      "frames.erase",
      { to: "device", size: 8, match: [{ at: 3, is: "051a" }], fields: {} },
      "frames.erase",
    ],
    [
      "a frame whose field could erase",
      meter,
      "frames.odd",
      { to: "device", size: 8, fields: { any: { type: "u16le", at: 3, min: 0, max: 9 } } },
      "frames.odd",
    ],
  ])("%s", (_what, profile, path, value, place) => {
    const checked = checkProfile(changed(profile, path, value));
    expect(checked.ok ? [] : checked.problems.map((problem) => problem.path)).toContain(place);
    expect(checked.ok ? [] : checked.problems.map((problem) => problem.reason)).not.toContain("");
  });

  test.each([null, 7, "text", [], {}])("%j is no profile, and nothing is thrown", (candidate) => {
    expect(checkProfile(candidate).ok).toBe(false);
  });
});

describe("a profile is found", () => {
  test.each([
    ["by its id", "raycome-rbp-9000c", "raycome-rbp-9000c"],
    ["by its dossier's name", "raycome-rbp-9000", "raycome-rbp-9000c"],
    ["by its captures' name", "onetouch-ultraeasy", "lifescan-onetouch-ultraeasy"],
    ["by another alias", "cardiochek-label-stream", "pts-cardiochek-pa"],
    ["by a beginning that only it has", "lifescan-onetouch-ultrae", "lifescan-onetouch-ultraeasy"],
    ["not by nothing", "", undefined],
    ["not by a name nobody has", "omron", undefined],
  ])("%s", (_how, name, id) => {
    expect(findProfile(name)?.id).toBe(id);
  });
});
