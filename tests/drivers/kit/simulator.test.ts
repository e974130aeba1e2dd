import { describe, expect, test } from "vitest";
import { createSimulator, decoder, encode, type Profile, type Timed, type Values } from "../../../drivers/kit/index.ts";
import type { SimLine } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

const host = (name: string, values: Values = {}): Uint8Array => encode(toy, name, values);
const says = (plan: readonly Timed[]) =>
  plan.map(({ bytes, afterMs }) => {
    const [heard] = decoder(toy).hearFrames(bytes);
    return { frame: heard?.frame, values: heard?.values, afterMs };
  });
const withAnswers = (answers: Readonly<Record<string, readonly SimLine[]>>, more = {}): Profile => ({
  ...toy,
  simulate: { answers, faults: {}, ...more },
});
const cuffs = (line: Partial<SimLine>): SimLine =>
  ({ stream: "cuff", values: { pressure: 100 }, everyMs: 100, afterMs: 50, ...line }) as SimLine;
const pressures = (plan: readonly Timed[]): readonly unknown[] =>
  says(plan).map(({ values }) => (values?.["pressure"] as { value: number } | undefined)?.value);

describe("a stream", () => {
  test("sends so many frames, one every so often", () => {
    const device = createSimulator(withAnswers({ hello: [cuffs({ count: 3 })] }));
    expect(says(device.hear(host("hello"), 0)).map(({ afterMs }) => afterMs)).toEqual([50, 150, 250]);
  });
  test("without a count goes on for as long as it is asked for more", () => {
    const device = createSimulator(withAnswers({ hello: [cuffs({})] }));
    const first = device.hear(host("hello"), 0);
    expect(first).toHaveLength(600);
    const next = first.at(-1)?.more?.(60_000) ?? [];
    expect(next).toHaveLength(600);
    expect(next[0]?.afterMs).toBe(100);
    expect(next[0]?.instead).toBeUndefined();
  });
  test("changes its values over time, also beyond the first part of the plan", () => {
    const over = {
      pressure: {
        over: [
          [0, 10],
          [200, 20],
          [60_050, 30],
        ],
      },
    } as const;
    const device = createSimulator(withAnswers({ hello: [cuffs({ values: over })] }));
    const first = device.hear(host("hello"), 0);
    expect(pressures(first.slice(0, 4))).toEqual([10, 10, 20, 20]);
    expect(pressures((first.at(-1)?.more?.(60_000) ?? []).slice(0, 2))).toEqual([20, 30]);
  });
  test("is dropped when the device is told something else", () => {
    const device = createSimulator(
      withAnswers({ hello: [cuffs({})], stop: [{ send: "stopped", values: {}, afterMs: 5 }] }),
    );
    device.hear(host("hello"), 0);
    expect(device.hear(host("stop"), 1_000)).toMatchObject([{ instead: true, afterMs: 5 }]);
  });
  test("runs twice as fast at twice the speed", () => {
    const device = createSimulator(withAnswers({ hello: [cuffs({ count: 2 })] }), { speed: 2 });
    expect(says(device.hear(host("hello"), 0)).map(({ afterMs }) => afterMs)).toEqual([25, 75]);
  });
});

describe("an answer may depend", () => {
  test("on how often it was asked for", () => {
    const device = createSimulator(
      withAnswers({
        hello: [
          { send: "ready", values: {}, times: [1, 2], afterMs: 1 },
          { send: "hi", values: {}, times: [3, 99], afterMs: 1 },
        ],
      }),
    );
    const answers = [1, 2, 3, 4].map((ms) => says(device.hear(host("hello"), ms))[0]?.frame);
    expect(answers).toEqual(["ready", "ready", "hi", "hi"]);
  });
  test("on what else was said", () => {
    const device = createSimulator(
      withAnswers({
        askState: [
          { send: "state", values: { door: 0 }, until: "open", afterMs: 1 },
          { send: "state", values: { door: 1 }, once: "open", afterMs: 1 },
        ],
      }),
    );
    expect(says(device.hear(host("askState"), 1))).toMatchObject([{ values: { door: 0 } }]);
    device.hear(host("open", { door: 3 }), 2);
    expect(says(device.hear(host("askState"), 3))).toMatchObject([{ values: { door: 1 } }]);
  });
  test("on an index that begins at one, and there may be no answer", () => {
    const device = createSimulator(toy);
    expect(says(device.hear(host("askRecord", { index: 2 }), 1))).toMatchObject([{ values: { index: 2 } }]);
    expect(device.hear(host("askRecord", { index: 3 }), 2)).toEqual([]);
    expect(device.hear(host("askRecord", { index: 0 }), 3)).toEqual([]);
  });
});

test("what a device says by itself begins when the line is open, and a fault may have its own", () => {
  const scripts = { onOpen: [cuffs({ count: 2 })], faults: { mute: { onOpen: [] } } };
  expect(createSimulator(withAnswers({}, scripts)).open(0)).toHaveLength(2);
  expect(createSimulator(withAnswers({}, scripts), { fault: "mute" }).open(0)).toEqual([]);
  expect(createSimulator(toy).open(0)).toEqual([]);
});

test("a line of fields and one that moves", () => {
  const ramp: SimLine = {
    ramp: "pressures",
    field: "systolic",
    values: { status: { control: false, irregular: false, average: false }, error: 0, diastolic: 60, spread: 1 },
    points: [
      [0, 100],
      [200, 120],
    ],
    everyMs: 100,
    afterMs: 0,
  };
  const device = createSimulator(withAnswers({ hello: [ramp] }));
  expect(says(device.hear(host("hello"), 0)).map(({ values }) => values?.["systolic"])).toEqual([
    { value: 100, unit: "mm[Hg]" },
    { value: 110, unit: "mm[Hg]" },
    { value: 120, unit: "mm[Hg]" },
  ]);
});

test("the fault half leaves out half of the frames that a stream settles on", () => {
  const device = createSimulator(toy, { fault: "half" });
  const [first] = device.hear(host("stream"), 0);
  expect(first?.bytes.length).toBe(4);
});
