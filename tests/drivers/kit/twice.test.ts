import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import {
  checkProfile,
  createSession,
  encode,
  toHex,
  type Effect,
  type Profile,
  type Session,
  type Values,
} from "../../../drivers/kit/index.ts";
import { agreeOn } from "../../../drivers/kit/gathered.ts";
import { play } from "../../../drivers/laws/play.ts";
import toy from "./toy.ts";

/** The toy as a board without a display: its pressures are asked for by `askAll` and read twice. */
const board: Profile = {
  ...toy,
  session: {
    steps: [
      {
        do: "poll",
        phase: "measuring",
        send: "still",
        everyMs: 300,
        until: ["ready"],
        silenceMs: 900,
        withinMs: 9_000,
      },
      { do: "twice", phase: "reading", send: "askAll", expect: "pressures", withinMs: 500, tries: 2 },
    ],
    stop: { send: "stop", expect: ["stopped"], withinMs: 200, tries: 3 },
    totalMs: 60_000,
    gapMs: 100,
  },
};
const normal = { control: false, irregular: false, average: false };
const pressures = (systolic: number, more: Values = {}): Uint8Array =>
  encode(board, "pressures", { status: normal, error: 0, systolic, diastolic: 80, spread: 3, ...more });
const told = (effects: readonly Effect[]): readonly unknown[] =>
  effects.flatMap((effect) => (effect.do === "tell" ? [effect.outcome] : []));
const kinds = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) =>
    effect.do === "tell" ? [effect.outcome.kind === "fault" ? effect.outcome.code : effect.outcome.kind] : [],
  );
const asked = (effects: readonly Effect[]): number =>
  effects.filter((effect) => effect.do === "send" && toHex(effect.bytes) === toHex(encode(board, "askAll", {}))).length;
const end = (effects: readonly Effect[]): Effect | undefined => effects.find((effect) => effect.do === "end");

function reading(): { readonly session: Session; readonly first: readonly Effect[] } {
  const session = createSession(board);
  session.begin(0);
  return { session, first: session.hear(encode(board, "ready", {}), 50) };
}

describe("read twice", () => {
  test("one measurement with the bytes of both answers, when they are the same", () => {
    const { session, first } = reading();
    expect(asked(first)).toBe(1);
    const again = session.hear(pressures(124), 100);
    expect([told(again), asked(again)]).toEqual([[], 1]);
    const done = session.hear(pressures(124), 200);
    expect(told(done)).toMatchObject([{ kind: "measurement", readings: [{ value: 124 }, { value: 80 }] }]);
    expect(done.find((effect) => effect.do === "tell")).toMatchObject({
      raw: Uint8Array.from([...pressures(124), ...pressures(124)]),
    });
    expect(end(done)).toEqual({ do: "end", how: "finished" });
  });
  test("a wrong answer between two that agree is outvoted", () => {
    const { session } = reading();
    session.hear(pressures(124), 100);
    expect(asked(session.hear(pressures(188), 200))).toBe(1);
    expect(told(session.hear(pressures(124), 300))).toMatchObject([{ readings: [{ value: 124 }, { value: 80 }] }]);
  });
  test("three answers that all differ are no result", () => {
    const { session } = reading();
    session.hear(pressures(124), 100);
    session.hear(pressures(125), 200);
    const third = session.hear(pressures(126), 300);
    expect(kinds(third)).toEqual(["device.garbled"]);
    expect(end(third) ?? end(session.hear(encode(board, "stopped", {}), 400))).toMatchObject({
      code: "device.garbled",
    });
  });
  test("an answer that does not come is asked for again, and then it is silent", () => {
    const { session } = reading();
    session.hear(pressures(124), 100);
    expect(asked(session.wake(600))).toBe(1);
    expect(kinds(session.wake(1_100))).toEqual(["device.silent"]);
  });
  test("an impossible number counts when it was said twice, too", () => {
    const { session } = reading();
    const impossible = pressures(124).with(5, 30);
    const sum = impossible.subarray(0, 8).reduce((all, byte) => (all + byte) & 0xff, 0);
    const bent = impossible.with(8, sum);
    expect(kinds(session.hear(bent, 100))).toEqual([]);
    expect(kinds(session.hear(bent, 200))).toEqual(["device.outOfRange"]);
  });
  test("control material stays control material", () => {
    const { session } = reading();
    const control = pressures(124, { status: { ...normal, control: true } });
    session.hear(control, 100);
    expect(kinds(session.hear(control, 200))).toEqual(["control"]);
    expect(end(session.hear(encode(board, "stopped", {}), 300))).toMatchObject({ code: "gate.control" });
  });
  test("said unasked, before or after, the frame is told to nobody", () => {
    const session = createSession(board);
    session.begin(0);
    expect([told(session.hear(pressures(124), 10)), told(session.hear(pressures(124), 20))]).toEqual([[], []]);
    session.stop(30);
    expect(told(session.hear(pressures(124), 40))).toEqual([]);
  });
});

describe("apart from a counter", () => {
  const same = agreeOn(board, "pressures", ["spread"]);
  test.each([
    ["the counter and the check that covers it may differ", pressures(124, { spread: 9 }), true],
    ["a number may not", pressures(125), false],
    ["not even with the counter's help", pressures(125, { spread: 2 }), false],
    ["nor may the length", pressures(124).subarray(0, 8), false],
  ])("%s", (_what, other, expected) => expect(same(pressures(124), other)).toBe(expected));
  test("without one every byte counts", () => {
    expect(agreeOn(board, "pressures")(pressures(124), pressures(124, { spread: 9 }))).toBe(false);
  });
});

describe("what nobody compares is proven otherwise", () => {
  const module = findProfile("suntech-advantage")!;
  const [start, poll] = module.session.steps;
  const reasons = (changes: Partial<Profile>): readonly string[] => {
    const checked = checkProfile({ ...module, ...changes });
    return checked.ok ? [] : checked.problems.map(({ reason }) => reason);
  };
  const asks = {
    do: "ask",
    phase: "reading",
    send: "askResult",
    expect: ["result"],
    withinMs: 1_000,
    tries: 3,
  } as const;
  const twice = { ...asks, do: "twice", expect: "result" } as const;

  test("a weak check needs a display, or answers read twice", () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ session: { ...module.session, steps: [start!, poll!, asks] } })).toEqual([
      "frames with the check neg-sum8 are confirmed on the display",
    ]);
  });
  test("no display, no comparing", () => {
    expect(reasons({ confirm: "display" })).toEqual(["what has no display is not compared with one"]);
  });
  test("no other step takes the frame for granted", () => {
    expect(reasons({ session: { ...module.session, steps: [start!, poll!, asks, twice] } })).toEqual([
      "result counts only when it has been said twice",
    ]);
  });
  test("what is read twice is not pushed", () => {
    expect(reasons({ push: true })).toContain("what is read twice is asked for, and not said unasked");
  });
  test.each([
    ["a field of its own", ["beats"], []],
    ["an unknown field", ["nothing"], ["there is no field nothing"]],
  ])("apart from %s", (_what, apartFrom, expected) => {
    expect(reasons({ session: { ...module.session, steps: [start!, poll!, { ...twice, apartFrom }] } })).toEqual(
      expected,
    );
  });
  test("a counter that shares a byte with a number", () => {
    const { result } = module.frames;
    const frames = {
      ...module.frames,
      result: { ...result!, fields: { ...result!.fields, counter: { type: "u8", at: 4, min: 0, max: 255 } as const } },
    };
    const steps = [start!, poll!, { ...twice, apartFrom: ["counter"] }];
    expect(reasons({ frames, session: { ...module.session, steps } })).toContain(
      "diastolic stands in a byte of a counter and must be the same",
    );
  });
});

describe("a CRC of eight bits without a display", () => {
  const terminal = findProfile("creative-pc600")!;
  const reasons = (changes: Partial<Profile>): readonly string[] => {
    const checked = checkProfile({ ...terminal, ...changes });
    return checked.ok ? [] : checked.problems.map(({ reason }) => reason);
  };
  const sized = (size: number): Partial<Profile> => ({
    frames: { ...terminal.frames, pressure: { ...terminal.frames["pressure"]!, size } },
  });
  test("is believed over 120 bits", () => expect(reasons(sized(15))).toEqual([]));
  test("is not believed over 128", () => {
    expect(reasons(sized(16))).toEqual(["its 128 bits are more than the check crc8-maxim covers"]);
  });
  test("is not believed where somebody could compare", () => {
    expect(reasons({ display: true })).toEqual(["frames with the check crc8-maxim are confirmed on the display"]);
  });
});

describe("a result that the device says again and again", () => {
  const cuff = findProfile("berrymed-pm6750")!;
  const outcomes = (fault?: string) => play(cuff, fault === undefined ? {} : { simulator: { fault } });

  test("is told once, with two messages, and its messages one by one to nobody", () => {
    const { outcomes: all, raws } = outcomes();
    const results = all.flatMap((outcome, i) => (outcome.kind === "measurement" ? [raws[i]] : []));
    expect(results.map((raw) => raw?.length)).toEqual([20]);
    const live = all.flatMap((outcome) => (outcome.kind === "progress" ? outcome.readings : []));
    expect([...new Set(live.map(({ quantity }) => quantity))]).toEqual(["bp.cuff"]);
  });
  test("an impossible one said twice ends it at once", () => {
    const { end: ended } = outcomes("outOfRange");
    expect(ended).toMatchObject({ how: "failed", code: "device.outOfRange" });
    expect(ended?.atMs).toBeLessThan(3_000);
  });
});
