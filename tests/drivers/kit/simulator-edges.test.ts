import { describe, expect, test } from "vitest";
import {
  commonFaults,
  createSimulator,
  decoder,
  encode,
  faultsOf,
  type Profile,
  type Timed,
  type Values,
} from "../../../drivers/kit/index.ts";
import type { SimLine } from "../../../drivers/kit/schema.ts";
import { analyser } from "./analyser.ts";
import toy from "./toy.ts";

/** What the simulated device sends and when, to the byte: its faults, its lines, its clock, its end of a link. */
const host = (name: string, values: Values = {}): Uint8Array => encode(toy, name, values);
const playing = (simulate: Partial<Profile["simulate"]>, more: Partial<Profile> = {}): Profile => ({
  ...toy,
  ...more,
  simulate: { answers: {}, faults: {}, ...simulate },
});
const hi = (afterMs: number, more: Partial<SimLine> = {}): SimLine =>
  ({ send: "hi", values: {}, afterMs, ...more }) as SimLine;
const framesIn = (plan: readonly Timed[]): readonly string[] =>
  plan.map(({ bytes, afterMs, instead }) => {
    const names = decoder(toy)
      .hearFrames(bytes)
      .map(({ frame }) => frame ?? "?");
    return `${afterMs}${instead === true ? "!" : ""} ${names.join("+") || `${bytes.length} bytes`}`;
  });
const sizes = (plan: readonly Timed[]): readonly number[] => plan.map(({ bytes }) => bytes.length);

describe("the faults of a device", () => {
  const faulty = playing({ answers: { hello: [hi(1)] }, faults: { deaf: { answers: { hello: [] } } } });
  test("are its own and then those that all have", () => {
    expect(faultsOf(faulty)).toEqual(["deaf", "silent", "garbage", "cut", "half"]);
    expect(commonFaults).toHaveLength(4);
  });
  test("that it has not are a bug", () => {
    expect(() => createSimulator(faulty, { fault: "lame" })).toThrow(
      "toy-one has no fault lame; it has deaf, silent, garbage, cut, half",
    );
  });
  test("of its own take the place of the healthy answers, each where it has one", () => {
    const own = playing({
      answers: { hello: [hi(1)], still: [hi(2)] },
      press: [hi(3)],
      onOpen: [hi(4)],
      faults: { deaf: { answers: { hello: [] }, press: [hi(5), hi(6)] } },
    });
    const device = createSimulator(own, { fault: "deaf" });
    expect([device.hear(host("hello"), 0), device.press(0), device.open(0)].map(framesIn)).toEqual([
      [],
      ["5 hi", "6 hi"],
      ["4 hi"],
    ]);
    expect(framesIn(device.hear(host("still"), 0))).toEqual(["2! hi"]);
    expect(framesIn(createSimulator(own).press(0))).toEqual(["3 hi"]);
  });
  test("silent: says nothing", () => {
    expect(createSimulator(faulty, { fault: "silent" }).hear(host("hello"), 0)).toEqual([]);
  });
  test("garbage: as many bytes, out of the seed", () => {
    const garbage = (seed: number): string =>
      createSimulator(faulty, { fault: "garbage", seed })
        .hear(host("hello"), 0)
        .map(({ bytes }) => bytes.join())
        .join();
    expect(garbage(1)).toBe(garbage(1));
    expect(garbage(1)).not.toBe(garbage(2));
    expect(garbage(1).split(",")).toHaveLength(4);
    expect(Math.max(...garbage(1).split(",").map(Number))).toBeGreaterThan(127);
    const one = createSimulator(faulty, { fault: "garbage" }).hear(host("hello"), 0)[0]?.bytes.join();
    expect(one).toBe(garbage(1));
  });
  test("cut: falls silent in the middle of its third frame", () => {
    const device = createSimulator(faulty, { fault: "cut" });
    expect([0, 1, 2, 3].map((ms) => sizes(device.hear(host("hello"), ms)))).toEqual([[4], [4], [2], []]);
  });
  test("cut: falls silent in the middle of its first result, or of the first frame of a device that speaks by itself", () => {
    const assay: SimLine = { send: "assay", values: { index: 1, acid: 5 }, afterMs: 1 };
    const result = createSimulator(playing({ press: [assay, assay] }), { fault: "cut" });
    expect(sizes(result.press(0))).toEqual([3]);
    const pushing = createSimulator(playing({ press: [hi(1), hi(2)] }, { push: true }), { fault: "cut" });
    expect(sizes(pushing.press(0))).toEqual([2]);
  });
  test("half: leaves out half of every result, and of nothing else", () => {
    const assay: SimLine = { send: "assay", values: { index: 1, acid: 5 }, afterMs: 1 };
    const device = createSimulator(playing({ press: [assay, hi(2), assay] }), { fault: "half" });
    expect(sizes(device.press(0))).toEqual([3, 3, 4]);
  });
  test.each([
    ["a code", { kind: "scan", text: "text" }],
    ["a card", { kind: "identity", card: {} }],
  ] as const)("half: %s is a result", (_what, rule) => {
    const seen = { kind: "information", about: "seen", values: {} } as const;
    const profile = playing({ press: [hi(1)] }, { meaning: { ...toy.meaning, hi: [seen, rule] } });
    expect(sizes(createSimulator(profile, { fault: "half" }).press(0))).toEqual([2]);
  });
  test("half: so are the frames that a stream settles on, whichever session it is", () => {
    const live: SimLine = { send: "live", values: { finger: { out: false }, spo2: 97, pulse: 70 }, afterMs: 1 };
    const { sessionFor, ...rest } = toy;
    const alone: Profile = {
      ...rest,
      session: sessionFor!.oximetry!,
      simulate: { answers: {}, press: [live], faults: {} },
    };
    expect(sizes(createSimulator(alone, { fault: "half" }).press(0))).toEqual([4]);
    expect(sizes(createSimulator(playing({ press: [live, hi(2)] }), { fault: "half" }).press(0))).toEqual([4, 4]);
  });
});

describe("a line", () => {
  test("comes in its turn, whatever the order of the script", () => {
    const device = createSimulator(playing({ answers: { hello: [hi(30), { ...hi(10), send: "ready" }] } }));
    expect(framesIn(device.hear(host("hello"), 0))).toEqual(["10! ready", "30 hi"]);
  });
  test("that is due only after a question was put is not due when nobody asked", () => {
    const lines = [
      hi(1, { times: [1, 1] }),
      hi(2, { times: [2, 2] }),
      hi(3, { once: "hello" }),
      hi(4, { until: "hello" }),
    ];
    const device = createSimulator(playing({ answers: { hello: [] }, press: lines }));
    expect(framesIn(device.press(0))).toEqual(["1 hi", "4 hi"]);
    device.hear(host("hello"), 1);
    expect(framesIn(device.press(2))).toEqual(["1 hi", "3 hi"]);
  });
  test("answers nothing that it does not know", () => {
    const device = createSimulator(playing({ answers: { hello: [hi(1)] } }));
    expect(device.hear(host("still"), 0)).toEqual([]);
    expect(device.hear(Uint8Array.of(1, 2, 3), 0)).toEqual([]);
  });
  test("may be told other values, for its frame and its field", () => {
    const press: readonly SimLine[] = [{ send: "assay", values: { index: 1, acid: 5 }, afterMs: 1 }, hi(2)];
    const device = createSimulator(playing({ press }), { values: { assay: { acid: 9 } } });
    const [heard] = decoder(toy).hearFrames(device.press(0)[0]!.bytes);
    expect(heard?.values).toEqual({ index: 1, acid: { value: 9, unit: "mg/dL" } });
  });
  test("begins with what it says first, where its values change", () => {
    const acid = {
      over: [
        [0, 5],
        [10, 6],
      ],
    } as const;
    const device = createSimulator(playing({ press: [{ send: "assay", values: { index: 1, acid }, afterMs: 500 }] }));
    expect(decoder(toy).hearFrames(device.press(0)[0]!.bytes)[0]?.values["acid"]).toMatchObject({ value: 5 });
  });
});

describe("the device's clock", () => {
  const taken = (line: SimLine, wallOffsetMs?: number): readonly unknown[] =>
    createSimulator(playing({ press: [line] }), wallOffsetMs === undefined ? {} : { wallOffsetMs })
      .press(Date.UTC(2026, 10, 22, 8))
      .map(({ bytes }) => decoder(toy).hearFrames(bytes)[0]?.values["taken"]);
  const time: SimLine = { send: "time", values: { taken: { agoMs: 60_000 } }, afterMs: 5_000 };
  test("has moved on when a late frame is sent", () => {
    expect(taken(time)).toEqual(["2026-11-22T07:59:05"]);
    expect(taken(time, 3_600_000)).toEqual(["2026-11-22T08:59:05"]);
  });
  test("moves on in a ramp", () => {
    const frames: Profile["frames"] = {
      ...toy.frames,
      time: {
        to: "host",
        size: 9,
        match: [{ at: 2, is: "08" }],
        fields: { taken: { type: "datetime", form: "unix32le", at: 3 }, part: { type: "u8", at: 7, min: 0, max: 9 } },
      },
    };
    const points = [
      [0, 0],
      [2_000, 2],
    ] as const;
    const values = { taken: { agoMs: 0 } } as const;
    const ramp: SimLine = { ramp: "time", field: "part", values, points, everyMs: 1_000, afterMs: 1_000 };
    const profile = playing({ press: [ramp] }, { frames });
    const said = createSimulator(profile)
      .press(Date.UTC(2026, 10, 22, 8))
      .map(({ bytes }) => decoder(profile).hearFrames(bytes)[0]?.values["taken"]);
    expect(said).toEqual(["2026-11-22T08:00:01", "2026-11-22T08:00:02", "2026-11-22T08:00:03"]);
  });
  test("moves on in a stream", () => {
    const stream: SimLine = { stream: "time", values: { taken: { agoMs: 0 } }, everyMs: 1_000, count: 2, afterMs: 500 };
    const late: SimLine = { ...stream, afterMs: 1_000 };
    expect(taken(late)).toEqual(["2026-11-22T08:00:01", "2026-11-22T08:00:02"]);
    expect(taken(late, -1_000)).toEqual(["2026-11-22T08:00:00", "2026-11-22T08:00:01"]);
  });
});

describe("a stream with a count", () => {
  const planned = (count: number): readonly Timed[] =>
    createSimulator(playing({ press: [{ stream: "hi", values: {}, everyMs: 100, count, afterMs: 50 }] })).press(0);
  test.each([1, 599, 600])("of %i frames is planned at once", (count) => {
    const plan = planned(count);
    expect(plan).toHaveLength(count);
    expect(plan.some(({ more }) => more !== undefined)).toBe(false);
  });
  test("of more frames goes on behind the last that was planned, and then ends", () => {
    const plan = planned(602);
    expect(plan.findIndex(({ more }) => more !== undefined)).toBe(599);
    const rest = plan[599]?.more?.(59_950) ?? [];
    expect(rest.map(({ afterMs, more }) => [afterMs, more])).toEqual([
      [100, undefined],
      [200, undefined],
    ]);
  });
});

describe("a memory", () => {
  const rows = [
    { index: 0, acid: 5 },
    { index: 1, acid: 6 },
  ] as const;
  const memory = (more: Partial<SimLine> = {}): Profile =>
    playing({ answers: { askRecord: [{ memory: "assay", by: "index", rows, afterMs: 7, ...more }] } });
  const asked = (profile: Profile, index: number): readonly string[] =>
    framesIn(createSimulator(profile).hear(host("askRecord", { index }), 0));
  test("begins at nothing, and says what it has", () => {
    expect([0, 1, 2].map((index) => asked(memory(), index))).toEqual([["7! assay"], ["7! assay"], []]);
  });
  test("says that it has no more, where the device says so", () => {
    const none = { none: { send: "ready", values: {} } } as const;
    expect([1, 2].map((index) => asked(memory(none), index))).toEqual([["7! assay"], ["7! ready"]]);
  });
  test("is asked by a number with its unit, too", () => {
    const frames: Profile["frames"] = {
      ...toy.frames,
      askRecord: {
        to: "device",
        size: 5,
        match: [{ at: 2, is: "08" }],
        fields: { index: { type: "u8", at: 3, unit: "kg", min: 0, max: 99 } },
      },
    };
    const profile: Profile = { ...memory(), frames };
    const bytes = encode(profile, "askRecord", { index: { value: 1, unit: "kg" } });
    const [answer] = createSimulator(profile).hear(bytes, 0);
    expect(decoder(toy).hearFrames(answer!.bytes)[0]?.values["index"]).toBe(1);
  });
});

describe("a ramp", () => {
  const pressures = (points: readonly (readonly [number, number])[], everyMs = 100): readonly unknown[] =>
    createSimulator(playing({ press: [{ ramp: "cuff", field: "pressure", points, everyMs, afterMs: 10 }] as never }))
      .press(0)
      .map(({ bytes, afterMs }) => {
        const value = decoder(toy).hearFrames(bytes)[0]?.values["pressure"] as { readonly value: number };
        return [afterMs, value.value];
      });
  test.each<readonly [what: string, points: readonly (readonly [number, number])[], said: readonly unknown[]]>([
    [
      "goes on straight lines",
      [
        [0, 0],
        [200, 100],
        [400, 50],
      ],
      [
        [10, 0],
        [110, 50],
        [210, 100],
        [310, 75],
        [410, 50],
      ],
    ],
    [
      "stays where it began before its first point",
      [
        [100, 40],
        [200, 60],
      ],
      [
        [10, 40],
        [110, 40],
        [210, 60],
      ],
    ],
    [
      "may jump",
      [
        [0, 10],
        [100, 10],
        [100, 90],
        [200, 90],
      ],
      [
        [10, 10],
        [110, 10],
        [210, 90],
      ],
    ],
    [
      "is told in whole numbers",
      [
        [0, 0],
        [300, 10],
      ],
      [
        [10, 0],
        [110, 3],
        [210, 7],
        [310, 10],
      ],
    ],
    [
      "ends at the last whole step",
      [
        [0, 0],
        [150, 150],
      ],
      [
        [10, 0],
        [110, 100],
      ],
    ],
  ])("%s", (_what, points, said) => {
    expect(pressures(points)).toEqual(said);
  });
});

describe("on a line where every piece waits for an answer", () => {
  const ack = Uint8Array.of(6);
  test("the device calls when its message is due, and says each piece when it was answered", () => {
    const device = createSimulator(analyser);
    const [call] = device.press(1_000);
    expect(call).toMatchObject({ bytes: Uint8Array.of(5), afterMs: 100 });
    expect(String.fromCharCode(...(device.hear(ack, 1_150)[0]?.bytes.subarray(0, 3) ?? []))).toBe("\x021H");
  });
  test("nothing is said where nothing is in the script", () => {
    expect(createSimulator(analyser).open(0)).toEqual([]);
  });
  test("two messages follow each other", () => {
    const [line] = analyser.simulate.press!;
    const device = createSimulator({
      ...analyser,
      simulate: { ...analyser.simulate, press: [line!, { ...line!, afterMs: 50 }] },
    });
    expect(device.press(0)[0]).toMatchObject({ bytes: Uint8Array.of(5), afterMs: 50 });
    const said: string[] = [];
    for (let i = 0; i < 30; i++) {
      const answer = device.hear(ack, 60 + i);
      said.push(
        ...answer
          .filter(({ afterMs }) => afterMs === 0)
          .map(({ bytes }) => (bytes.length === 1 ? String(bytes[0]) : ".")),
      );
    }
    expect(said.join("")).toBe("........45........4");
  });
  test("a bent piece is the one of the table, where that fault is played", () => {
    const piece = (fault?: string): string => {
      const device = createSimulator(analyser, fault === undefined ? {} : { fault });
      device.press(0);
      return [1, 2, 3, 4].map((ms) => device.hear(ack, ms)[0]?.bytes.join()).at(-1) ?? "";
    };
    expect(piece("bent")).not.toBe(piece());
    expect(piece("bent").split(",")).toHaveLength(piece().split(",").length);
  });
});
