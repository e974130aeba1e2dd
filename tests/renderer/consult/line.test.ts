import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LineMessage } from "../../../core/contract/live.ts";
import { createLine, type Line, type StepBody } from "../../../renderer/consult/line.ts";
import { linkTotals } from "../../../renderer/consult/link-stats.ts";
import type { SendPlan } from "../../../renderer/consult/send-plan.ts";

const generation = 7;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** One side's line, with everything it says written down. */
function sideOf() {
  const said: string[] = [];
  const sent: LineMessage[] = [];
  const trains: Uint8Array<ArrayBuffer>[][] = [];
  const steps: StepBody[] = [];
  const plans: SendPlan[] = [];
  const buffers: number[] = [];
  /** What left on the line channel, in order. */
  const order: ("heard" | "train" | "answer")[] = [];
  let voice = 0;
  const line = createLine({
    generation,
    now: () => Date.now(),
    totals: () => {
      voice += 100;
      return Promise.resolve(
        linkTotals([
          {
            type: "inbound-rtp",
            kind: "audio",
            packetsReceived: voice,
            packetsLost: voice / 20,
            totalSamplesReceived: voice,
          },
        ]),
      );
    },
    send(message) {
      sent.push(message);
      order.push(message.kind === "heard" ? "heard" : "answer");
    },
    sendTrain(packets) {
      trains.push([...packets]);
      order.push("train");
    },
    tellStep: (body) => void steps.push(body),
    apply: (plan) => void plans.push(plan),
    buffer: (ms) => void buffers.push(ms),
    onStep: (whose, { step, why }) => void said.push(`${whose} ${step} ${why}`),
  });
  return { line, said, sent, trains, steps, plans, buffers, order, looks: () => voice / 100 };
}

const lastTrain = ({ trains }: ReturnType<typeof sideOf>): number => trains.at(-1)?.[0]?.[0] ?? -1;
const answer = (side: ReturnType<typeof sideOf>, capacity: number) =>
  side.line.hear({ kind: "train", id: lastTrain(side), capacity });
const heard = (line: Line, change: object = {}) =>
  line.hear({ kind: "heard", at: 0, concealed: 0, lost: 0, ...change });
const withPicture = () => {
  const side = sideOf();
  side.line.opened();
  answer(side, 1e6);
  answer(side, 1e6);
  vi.advanceTimersByTime(2_000);
  return side;
};
const bad = (line: Line) => heard(line, { concealed: 0.5 });

describe("the start", () => {
  test("a first word goes before anything fills the line; what came is counted when a first picture may have been made", async () => {
    const side = sideOf();
    side.line.opened();
    expect(side.sent).toEqual([{ kind: "heard", at: Date.now() }]);
    expect(side.order).toEqual(["heard", "train"]);
    expect(side.looks()).toBe(0);
    await vi.advanceTimersByTimeAsync(600);
    expect([side.looks(), side.sent.length]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(1_400);
    expect(side.sent.at(-1)).toMatchObject({ kind: "heard", lost: 5 / 105 });
  });

  test("a line that closes at once counts nothing", async () => {
    const side = sideOf();
    side.line.opened();
    side.line.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(side.looks()).toBe(0);
  });

  test("sends voice and no picture, says so, and measures with three packets", () => {
    const side = sideOf();
    side.line.opened();
    expect(side.plans).toEqual([{ voice: { packetMs: 60, bitrate: 12_000, redundant: false }, picture: undefined }]);
    expect(side.said).toEqual(["own voice began"]);
    expect(side.steps).toEqual([{ kind: "step", generation, number: 1, step: "voice", why: "began", most: "video" }]);
    expect(side.trains.map((train) => train.length)).toEqual([3]);
    side.line.close();
  });

  test("a fast line has a small picture at once, and is believed when a longer train says so, too", () => {
    const side = sideOf();
    side.line.opened();
    answer(side, 3_000_000);
    expect(side.said).toEqual(["own voice began", "own small better"]);
    expect(side.plans.at(-1)?.picture?.maxBitrate).toBeLessThan(30_000);
    expect(side.trains.map((train) => train.length)).toEqual([3, 8]);
    answer(side, 900_000);
    // The first picture is on its way: one that grew meanwhile would come later.
    expect(side.said).toEqual(["own voice began", "own small better"]);
    vi.advanceTimersByTime(2_000);
    expect(side.said).toEqual(["own voice began", "own small better", "own video better"]);
    expect(side.plans.at(-1)?.picture?.maxBitrate).toBe(500_000);
    side.line.close();
  });

  test("a first picture waits for no new description: the voice stays as it began until it goes", () => {
    const side = sideOf();
    side.line.opened();
    const [begun] = side.plans;
    answer(side, 3_000_000);
    answer(side, 900_000);
    expect(side.plans.map(({ voice }) => voice)).toEqual(side.plans.map(() => begun?.voice));
    vi.advanceTimersByTime(2_000);
    expect(side.plans.at(-1)?.voice).toMatchObject({ packetMs: 20 });
    side.line.close();
  });

  test("of a thin line the lesser of two trains is believed", () => {
    const side = sideOf();
    side.line.opened();
    answer(side, 80_000);
    answer(side, 32_000);
    expect(side.said).toEqual(["own voice began"]);
    side.line.close();
  });

  test("a train that nobody answered is sent again", async () => {
    const side = sideOf();
    side.line.opened();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(side.trains.length).toBe(3);
    side.line.close();
  });

  test("on a full line an answer may come when the next train is long gone", async () => {
    const side = sideOf();
    side.line.opened();
    await vi.advanceTimersByTimeAsync(8_000);
    side.line.hear({ kind: "train", id: 1, capacity: 60_000 });
    side.line.hear({ kind: "train", id: 2, capacity: 60_000 });
    expect(side.said.at(-1)).toBe("own small better");
    side.line.close();
  });

  test("an answer to a train that was not sent counts for nothing", () => {
    const side = sideOf();
    side.line.opened();
    side.line.hear({ kind: "train", id: lastTrain(side) + 1, capacity: 3e6 });
    expect(side.trains.length).toBe(1);
    side.line.close();
  });
});

describe("steps", () => {
  test("two bad reports lower it, and both sides are told in a growing number", () => {
    const side = withPicture();
    bad(side.line);
    bad(side.line);
    expect(side.said.at(-1)).toBe("own small line");
    expect(side.steps.map(({ number, step }) => `${number} ${step}`)).toEqual([
      "1 voice",
      "2 small",
      "3 video",
      "4 small",
    ]);
    side.line.close();
  });

  test("what the other side sends is said once, of this generation, and never an older word", () => {
    const side = withPicture();
    const body: StepBody = { kind: "step", generation, number: 2, step: "stills", why: "line", most: "video" };
    side.line.hear(body);
    side.line.hear(body);
    side.line.hear({ ...body, number: 1, step: "video" });
    side.line.hear({ ...body, number: 9, generation: 6, step: "written" });
    expect(side.said.filter((one) => one.startsWith("other"))).toEqual(["other stills line"]);
    side.line.close();
  });

  test("the other side's wish binds what we send", () => {
    const side = withPicture();
    side.line.hear({ kind: "step", generation, number: 1, step: "voice", why: "began", most: "voice" });
    expect(side.said.at(-1)).toBe("own voice otherSide");
    expect(side.plans.at(-1)?.picture).toBeUndefined();
    side.line.close();
  });

  test("our own wish binds us, and is told", () => {
    const side = withPicture();
    side.line.limit("stills");
    expect(side.said.at(-1)).toBe("own stills asked");
    expect(side.steps.at(-1)).toMatchObject({ step: "stills", most: "stills" });
    side.line.close();
  });

  test("a line that says nothing is cut: the step stands, and no train is sent into it", async () => {
    const side = withPicture();
    heard(side.line);
    const trains = side.trains.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(side.said.at(-1)).toBe("own video better");
    expect(side.trains.length).toBe(trains);
    side.line.close();
  });

  test("of pieces less arrives than goes where a long line loses some", () => {
    const side = withPicture();
    expect(side.line.arrivalRate()).toBe(side.line.pieceRate());
    for (let n = 0; n < 6; n++) heard(side.line, { lost: 0.05, echo: { at: Date.now() - 700, heldMs: 0 } });
    expect(side.line.arrivalRate()).toBeLessThan(25_000);
    expect(side.line.pieceRate()).toBeGreaterThan(100_000);
    side.line.close();
  });

  test("while pieces of a still go, the picture waits, and comes back", () => {
    const side = withPicture();
    side.line.uploading(true);
    expect(side.plans.at(-1)?.picture).toBeUndefined();
    side.line.uploading(false);
    expect(side.plans.at(-1)?.picture).toBeDefined();
    side.line.close();
  });

  test("nothing is applied twice in a row", () => {
    const side = withPicture();
    const plans = side.plans.length;
    for (let n = 0; n < 5; n++) heard(side.line);
    expect(side.plans.length).toBe(plans);
    side.line.close();
  });
});

describe("reports", () => {
  test("every two seconds: what was lost, with the echo that times the way; the ear waits as long as that takes", async () => {
    const side = sideOf();
    side.line.opened();
    await vi.advanceTimersByTimeAsync(0);
    const first = Date.now();
    heard(side.line, { at: 41 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(side.sent.at(-1)).toMatchObject({ kind: "heard", at: first + 2_000, echo: { at: 41, heldMs: 2_000 } });
    expect(side.sent.at(-1)).toMatchObject({ lost: 5 / 105, concealed: 0, frames: 0 });
    expect(side.buffers).toEqual([150]);
    heard(side.line, { echo: { at: first + 1_900, heldMs: 40 } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(side.buffers).toEqual([150, 210]);
    side.line.close();
  });

  test("what comes later than it came at best is told to who sent it: only that side makes this queue", async () => {
    const side = sideOf();
    side.line.opened();
    const told = async (change: object) => {
      heard(side.line, { at: Date.now() - 5_000_000, ...change });
      await vi.advanceTimersByTimeAsync(2_000);
      return side.sent.at(-1);
    };
    expect(await told({})).toMatchObject({ queuedMs: 0 });
    expect(await told({ at: Date.now() - 5_000_000 - 400 })).toMatchObject({ queuedMs: 400 });
    expect(await told({})).toMatchObject({ queuedMs: 0 });
    side.line.close();
  });

  test("a report goes before a train that is due with it: behind one it would tell of a queue that is the train", async () => {
    const side = sideOf();
    side.line.opened();
    answer(side, 64_000);
    side.order.length = 0;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(side.order).toEqual(["heard", "heard", "train", "heard", "heard", "train"]);
    side.line.close();
  });

  test("a queue of what we send makes us send less, one of what we hear does not", () => {
    const side = withPicture();
    const before = side.plans.at(-1)?.picture?.maxBitrate ?? 0;
    heard(side.line, { at: Date.now() });
    for (let n = 0; n < 6; n++) heard(side.line, { at: Date.now() - 400, queuedMs: 0 });
    expect(side.plans.at(-1)?.picture?.maxBitrate).toBe(before);
    for (let n = 0; n < 6; n++) heard(side.line, { at: Date.now(), queuedMs: 400 });
    expect(side.plans.at(-1)?.picture?.maxBitrate).toBeLessThan(before);
    side.line.close();
  });

  test("a train is answered with its rate, and one whose end was lost after a while", async () => {
    const [ours, theirs] = [sideOf(), sideOf()];
    ours.line.opened();
    const packets = ours.trains[0] ?? [];
    for (const packet of packets) {
      theirs.line.hearTrain(packet);
      vi.advanceTimersByTime(99);
    }
    expect(theirs.sent).toEqual([{ kind: "train", id: 1, capacity: 40_000 }]);
    for (const packet of packets.slice(0, 2)) theirs.line.hearTrain(packet);
    expect(theirs.sent.length).toBe(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(theirs.sent.length).toBe(2);
    ours.line.close();
  });

  test("after close nothing runs", async () => {
    const side = sideOf();
    side.line.opened();
    await vi.advanceTimersByTimeAsync(2_000);
    side.line.close();
    const [sent, trains] = [side.sent.length, side.trains.length];
    await vi.advanceTimersByTimeAsync(20_000);
    expect([side.sent.length, side.trains.length]).toEqual([sent, trains]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
