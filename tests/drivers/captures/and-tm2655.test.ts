import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createSession, decoder, encode, fromHex, toHex, type Effect } from "../../../drivers/kit/index.ts";
import { counter, folder, json, outcomes, present } from "./replay.ts";

const id = "and-tm2655";
const count = counter(id);
interface Record {
  readonly id: string;
  readonly file?: string;
  readonly hex?: { readonly start: string; readonly stop: string; readonly readResult: string };
  readonly expected: {
    readonly deviceTime: string;
    readonly systolic: number;
    readonly mean: number;
    readonly diastolic: number;
    readonly pulse: number;
    readonly measuringSeconds?: number;
  };
}
const records = json<readonly Record[]>("and-tm265x/records.json");
const bytesOf = (file: string): string => toHex(new Uint8Array(readFileSync(join(folder, "and-tm265x", file))));
const real = (): string => bytesOf("tm2657-ra-real.bin");

describe.skipIf(!present)(id, () => {
  test.each(
    records.flatMap((record) => (record.file === undefined ? [] : [[record.id, record.file, record] as const])),
  )("%s", (_id, file, { expected }) => {
    count();
    expect(outcomes(id, bytesOf(file))).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          { quantity: "bp.systolic", value: expected.systolic, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: expected.diastolic, unit: "mm[Hg]" },
          { quantity: "bp.mean", value: expected.mean, unit: "mm[Hg]" },
          { quantity: "pulse.rate", value: expected.pulse, unit: "/min" },
        ],
        doubts: [],
        deviceTime: expected.deviceTime,
        ...(expected.measuringSeconds === undefined ? {} : { notes: { seconds: String(expected.measuringSeconds) } }),
      },
    ]);
  });
  test.each([
    ["start", "start"],
    ["stop", "stop"],
    ["again", "readResult"],
  ] as const)("the quoted command that says %s", (frame, key) => {
    count();
    const quoted = toHex(fromHex(records.find(({ hex }) => hex !== undefined)?.hex?.[key] ?? ""));
    expect(toHex(encode(findProfile(id)!, frame, {}))).toBe(quoted);
  });
  // §Framing: the BCC stands behind the ETX and may be any byte.
  test("the record does not end with its ETX: without the BCC nothing is told", () => {
    expect(decoder(findProfile(id)!).hear(fromHex(real()).subarray(0, -1))).toEqual([]);
  });
  test("a wrong BCC costs the record", () => {
    expect(outcomes(id, real().slice(0, -2) + "4b")).toMatchObject([{ kind: "discarded", reason: "checksum" }]);
  });
});

// Dossier §Error codes, put into the form of the real record.
const failure = (code: string, values: string): string => {
  const text = `161601303002${Buffer.from(`TM2655\x1e1910291429\x1eRB\x1eM\x1e${code}\x1e${values}\x1eI17\x1eL139\x1e`).toString("hex")}03`;
  const bcc = fromHex(text).reduce((sum, byte, at) => (at < 2 ? 0 : sum ^ byte), 0);
  return text + bcc.toString(16).padStart(2, "0");
};
test.each([
  ["E12", "device.cuffLeak"],
  ["E23", "device.overPressure"],
  ["E44", "device.moved"],
  ["E77", "device.unknown"],
])("%s with blank values is %s", (code, fault) => {
  expect(outcomes(id, failure(code, "S   \x1eM   \x1eD   \x1eP   "))).toEqual([
    { kind: "fault", code: fault, detail: code },
  ]);
});
test("with an error code no number is told even if one is there", () => {
  expect(outcomes(id, failure("E43", "S102\x1eM 87\x1eD 62\x1eP 83"))).toEqual([
    { kind: "fault", code: "device.weakPulse", detail: "E43" },
  ]);
});

// Dossier §Safety notes: drop a record with a wrong BCC and ask for it again.
test("a record that comes broken is asked for once more", () => {
  const profile = findProfile(id)!;
  const session = createSession(profile);
  const good = encode(profile, "result", {
    model: "TM2655",
    time: "2019-10-29T14:29",
    record: "RB",
    systolic: 102,
    mean: 87,
    diastolic: 62,
    pulse: 83,
    inflation: "17",
    amplitude: "139",
  });
  const sent = (effects: readonly Effect[]): readonly string[] =>
    effects.flatMap((effect) => (effect.do === "send" ? [toHex(effect.bytes)] : []));
  expect(sent(session.begin(0))).toEqual([toHex(encode(profile, "start", {}))]);
  session.hear(encode(profile, "acknowledged", {}), 50);
  session.hear(good.with(40, 0x39), 30_000);
  expect(sent(session.wake(32_100))).toEqual([toHex(encode(profile, "again", {}))]);
  const effects = session.hear(good, 32_500);
  expect(effects).toContainEqual({ do: "end", how: "finished" });
  expect(effects.flatMap((effect) => (effect.do === "tell" ? [effect.outcome.kind] : []))).toEqual(["measurement"]);
});
