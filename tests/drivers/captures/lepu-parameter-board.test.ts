import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, type Heard } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { counter, folder, json, present } from "./replay.ts";

const id = "lepu-parameter-board";
const board = findProfile(id)!;
const count = counter(id);

interface Expected {
  readonly firstFrameOffset: number;
  readonly validFrames: number;
  readonly bytesInValidFrames: number;
  readonly frameCounts: Readonly<Record<string, number>>;
  readonly heartRateChanges: readonly number[];
  readonly respirationRateChanges: readonly number[];
  readonly temperatureChanges_probeOff_celsius: readonly (readonly [boolean, number])[];
  readonly spo2Changes: readonly {
    readonly status: number;
    readonly spo2: number;
    readonly pulse: number;
    readonly perfusionRaw: number;
  }[];
}
/** What the recordings call a kind of frame. */
const kinds: Readonly<Record<string, string>> = {
  rawOximetry: "class F3 token 06 type 00 length 33",
  ecg: "class F3 token 01 type 00 length 39",
  respiration: "class F3 token 02 type 00 length 15",
  plethysmogram: "class F3 token 06 type 01 length 12",
  temperature: "class F3 token 03 type 00 length 12",
  oximetry: "class F3 token 06 type 02 length 17",
};
const changes = <T>(series: readonly T[]): readonly T[] =>
  series.filter((each, i) => i === 0 || JSON.stringify(each) !== JSON.stringify(series[i - 1]));
const amount = (value: unknown): number =>
  typeof value === "object" && value !== null && "value" in value ? Number(value.value) : Number(value ?? 0);

describe.skipIf(!present).each(["board-A", "board-B", "board-C-ecg-only"])("%s", (name) => {
  const bytes = present ? readFileSync(join(folder, id, `${name}.dat`)) : new Uint8Array(0);
  const expected = json<Expected>(`${id}/${name}.expected.json`);
  const device = decoder(board);
  const heard: readonly Heard[] = [...device.hearFrames(new Uint8Array(bytes)), ...device.flushFrames()];
  const of = (frame: string): readonly Heard[] => heard.filter((each) => each.frame === frame);

  test("every frame of the recording, and not one more", () => {
    const frames = heard.filter((each) => each.frame !== undefined);
    for (let i = 0; i < frames.length; i++) count();
    expect(frames).toHaveLength(expected.validFrames);
    expect(frames.reduce((sum, { raw }) => sum + raw.length, 0)).toBe(expected.bytesInValidFrames);
    const [first] = heard;
    expect(first?.frame === undefined ? first?.raw.length : 0).toBe(expected.firstFrameOffset);
    const counts = Object.entries(kinds).flatMap(([frame, kind]) =>
      of(frame).length === 0 ? [] : [[kind, of(frame).length] as const],
    );
    expect(Object.fromEntries(counts)).toEqual(expected.frameCounts);
  });
  test("the running number has no gap", () => {
    const frames = heard.filter((each) => each.frame !== undefined);
    const gaps = frames.slice(1).filter(({ raw }, i) => raw[3] !== ((frames[i]!.raw[3]! + 1) & 0xff));
    expect(gaps).toEqual([]);
  });
  test("heart and respiration rate", () => {
    expect(changes(of("ecg").map(({ values }) => values["heartRate"]))).toEqual(expected.heartRateChanges);
    expect(changes(of("respiration").map(({ values }) => values["rate"]))).toEqual(expected.respirationRateChanges);
  });
  test("temperature", () => {
    const series = of("temperature").map(({ values }) => [
      (values["probes"] as { readonly firstOff: boolean }).firstOff,
      amount(values["first"]),
    ]);
    expect(changes(series)).toEqual(expected.temperatureChanges_probeOff_celsius);
  });
  test("oximetry, and nothing of it while the probe is off", () => {
    const series = of("oximetry").map(({ values }) => ({
      status: values["status"],
      spo2: amount(values["spo2"]),
      pulse: amount(values["pulse"]),
      perfusionRaw: values["perfusion"],
    }));
    expect(changes(series)).toEqual(expected.spo2Changes);
    const told = of("oximetry").flatMap(({ outcomes }) => outcomes);
    expect(told).toHaveLength(of("oximetry").filter(({ values }) => values["status"] === 0).length);
  });
  test("four samples of three channels in every ECG frame", () => {
    const [first] = of("ecg");
    expect(first?.outcomes).toMatchObject([{ kind: "wave", of: "ecg" }]);
    const samples = first?.outcomes[0]?.kind === "wave" ? Object.values(first.outcomes[0].samples) : [];
    expect(samples.map((channel) => channel.length)).toEqual([4, 4, 4]);
  });
});

test.each(["oximetry", "temperature"] as const)("%s settles out of the stream", (kind) => {
  const played = play(board, { session: { of: kind } });
  expect(played.end?.how).toBe("finished");
  expect(played.outcomes.find((outcome) => outcome.kind === "measurement")).toMatchObject({ of: kind });
});
test("a pressure that is said only once is no result", () => {
  const { end, outcomes } = play(board, { simulator: { fault: "saidOnce" } });
  expect(outcomes.some((outcome) => outcome.kind === "measurement")).toBe(false);
  expect(end).toMatchObject({ how: "failed", code: "device.silent" });
});
