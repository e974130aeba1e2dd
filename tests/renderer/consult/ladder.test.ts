import { describe, expect, test } from "vitest";
import {
  badChecks,
  climb,
  firstPatience,
  longestPatience,
  needs,
  poorer,
  startLadder,
  steps,
  type Check,
  type Ladder,
  type LadderInput,
  type Step,
} from "../../../renderer/consult/ladder.ts";

const fine: Check = {
  silent: false,
  queueMs: 0,
  loss: 0,
  available: undefined,
  capacity: undefined,
  concealed: 0,
  frames: undefined,
};
const broken: Check = { ...fine, concealed: 0.5 };
const check = (change: Partial<Check> = {}): LadderInput => ({ kind: "check", check: { ...fine, ...change } });
const after = (ladder: Ladder, ...inputs: readonly LadderInput[]): Ladder => inputs.reduce(climb, ladder);
const times = (count: number, input: LadderInput): readonly LadderInput[] => Array.from({ length: count }, () => input);
/** On a step for long, over a known line. */
const on = (step: Step, change: Partial<Ladder> = {}): Ladder => ({
  ...startLadder,
  step,
  capacity: 1_000_000,
  ...change,
});

describe("the start", () => {
  test("is voice, and no number of good checks earns a picture on a line that was not measured", () => {
    expect(after(startLadder, ...times(50, check()))).toMatchObject({ step: "voice", why: "began" });
  });

  test.each([
    [2_000_000, "video"],
    [370_000, "video"],
    [300_000, "small"],
    [64_000, "small"],
    [45_000, "stills"],
    [32_000, "voice"],
    // A thin line keeps its voice until the voice itself breaks.
    [10_000, "voice"],
  ] as const)("%d bit/s of measured line earn %s at once", (capacity, step) => {
    expect(climb(startLadder, { kind: "measured", capacity }).step).toBe(step);
  });

  test.each(steps)("%s needs less than the step above it", (step) => {
    const above = steps[steps.indexOf(step) - 1];
    expect(above === undefined || needs[step] < needs[above]).toBe(true);
  });
});

describe("down", () => {
  test.each(steps.slice(0, -1))("%s gives way to the next after two bad checks in a row, and not after one", (step) => {
    const below = steps[steps.indexOf(step) + 1];
    const once = after(on(step), check(broken));
    expect(once.step).toBe(step);
    expect(after(once, check(broken))).toMatchObject({ step: below, why: "line", bad: 0 });
    expect(after(once, check(), check(broken)).step).toBe(step);
  });

  test("what a first picture does to a thin line is not counted against it for two checks, unless it is worse than that", () => {
    const risen = climb(startLadder, { kind: "measured", capacity: 64_000 });
    const felt = check({ concealed: 0.15, queueMs: 1_200 });
    expect(after(risen, felt, felt, check()).step).toBe("small");
    expect(after(risen, felt, felt, felt).step).toBe("small");
    expect(after(risen, felt, felt, felt, felt).step).toBe("stills");
    expect(after(risen, ...times(2, check(broken))).step).toBe("stills");
    expect(after(risen, ...times(2, check({ queueMs: 2_500 }))).step).toBe("stills");
  });

  test("there is nothing below writing", () => {
    expect(after(on("written"), ...times(9, check(broken))).step).toBe("written");
  });

  test.each([
    ["voice that breaks", { concealed: 0.1 }],
    ["a queue of a second", { queueMs: 1_000 }],
    ["a picture that stands still", { frames: 0.5 }],
  ] as const)("%s is bad under a picture", (_, change) => {
    expect(after(on("small"), ...times(badChecks, check(change))).step).toBe("stills");
  });

  test.each([
    ["a fifth of all packets lost", { loss: 0.2 }],
    ["a short queue", { queueMs: 220 }],
    ["a picture that is not known yet", { frames: undefined }],
  ] as const)("%s is not", (_, change) => {
    expect(after(on("small"), ...times(20, check(change))).step).not.toBe("stills");
  });

  test("a live voice is kept where a picture would go: until a third of it is invented", () => {
    expect(after(on("voice"), ...times(9, check({ concealed: 0.25, queueMs: 2_000 }))).step).toBe("voice");
  });

  test("a picture that stands still is what stills are", () => {
    expect(after(on("stills"), ...times(3, check({ frames: 0.5 }))).step).toBe("stills");
  });

  test("a growing queue lowers what is sent before it lowers the step", () => {
    expect(after(on("small", { capacity: 100_000 }), check({ queueMs: 350 }))).toMatchObject({
      step: "small",
      capacity: 85_000,
    });
  });

  test("what the line was measured to carry before a fall is not believed after it", () => {
    expect(after(on("small", { trains: [1e6, 1e6, 1e6] }), ...times(2, check(broken)))).toMatchObject({
      capacity: needs.small,
      trains: [],
    });
  });
});

describe("loss", () => {
  test("is believed at the second look, and forgotten over many", () => {
    const lossy = after(on("small"), ...times(3, check({ loss: 0.08 })));
    expect(lossy.loss).toBeGreaterThan(0.05);
    expect(after(lossy, ...times(5, check({ loss: 0 }))).loss).toBeGreaterThan(0.03);
    expect(after(lossy, ...times(30, check({ loss: 0 }))).loss).toBeLessThan(0.01);
  });
});

describe("up", () => {
  test("one step, after the good checks it has patience for, when the line was measured to have room", () => {
    const waiting = after(on("stills", { capacity: 64_000 }), ...times(firstPatience - 1, check()));
    expect(waiting.step).toBe("stills");
    expect(after(waiting, check())).toMatchObject({ step: "small", why: "better", good: 0, sinceRise: 0 });
  });

  test("never without room", () => {
    expect(after(on("stills", { capacity: needs.small }), ...times(99, check())).step).toBe("stills");
  });

  test("the browser's own estimate is room while it sends a picture, and is none without", () => {
    const estimate = check({ available: 2_000_000 });
    expect(after(on("small", { capacity: 64_000 }), ...times(firstPatience, estimate)).step).toBe("video");
    expect(after(on("voice", { capacity: 20_000 }), ...times(20, estimate)).step).toBe("voice");
  });

  test("a check that is neither begins the patience anew", () => {
    const inputs = [...times(firstPatience - 1, check()), check({ concealed: 0.05 })];
    expect(after(on("stills"), ...inputs, ...inputs).step).toBe("stills");
  });

  test("from writing to video, a step at a time, on a line that got well", () => {
    const climbed: Step[] = [];
    let ladder = on("written", { capacity: undefined });
    for (let n = 0; n < 40; n++) {
      ladder = climb(ladder, check({ capacity: 2_000_000, available: 2_000_000 }));
      if (climbed.at(-1) !== ladder.step) climbed.push(ladder.step);
    }
    expect(climbed).toEqual([...steps].reverse());
  });

  test("each fall soon after a rise doubles the patience, up to its end", () => {
    let ladder = on("small", { sinceRise: 0 });
    const patience: number[] = [];
    for (let n = 0; n < 4; n++) {
      ladder = after({ ...ladder, step: "small", sinceRise: 0 }, ...times(2, check(broken)));
      patience.push(ladder.patience);
    }
    expect(patience).toEqual([8, 16, longestPatience, longestPatience]);
    expect(after({ ...ladder, step: "small", sinceRise: 100 }, ...times(2, check(broken))).patience).toBe(
      firstPatience,
    );
  });

  test("one train among three that was heard by a busy page does not make a line fast", () => {
    const ladder = after(
      on("small", { capacity: undefined }),
      check({ capacity: 60_000 }),
      check({ capacity: 5_000_000 }),
      check({ capacity: 66_000 }),
    );
    expect(ladder.capacity).toBe(66_000);
  });
});

describe("a cut line", () => {
  test("changes nothing, however long, and neither does the first check after it", () => {
    const cut = after(on("video"), ...times(60, check({ silent: true })));
    expect(cut.step).toBe("video");
    expect(after(cut, check(broken), check(broken)).step).toBe("video");
    expect(after(cut, check(broken), check(broken), check(broken)).step).toBe("small");
  });
});

describe("a wish", () => {
  test.each(steps)("for no more than %s binds at once, and names who wished", (most) => {
    const bound = climb(on("video"), { kind: "most", most, by: "otherSide" });
    expect(bound.step).toBe(most);
    expect(bound.why).toBe(most === "video" ? "began" : "otherSide");
  });

  test("taken back opens the way, and the line earns the rest", () => {
    const bound = climb(on("video"), { kind: "most", most: "voice", by: "asked" });
    expect(after(bound, ...times(50, check())).step).toBe("voice");
    const open = climb(bound, { kind: "most", most: "video", by: "asked" });
    expect(open.step).toBe("voice");
    expect(after(open, ...times(firstPatience, check())).step).toBe("stills");
  });

  test("holds against the first measurement, too", () => {
    const bound = climb(startLadder, { kind: "most", most: "stills", by: "asked" });
    expect(climb(bound, { kind: "measured", capacity: 1e6 }).step).toBe("stills");
  });

  test("of two the poorer counts", () => {
    expect(poorer("voice", "small")).toBe("voice");
    expect(poorer("small", "voice")).toBe("voice");
  });
});
