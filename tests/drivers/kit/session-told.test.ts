import { describe, expect, test } from "vitest";
import { encode, type Profile, type SessionOptions } from "../../../drivers/kit/index.ts";
import type { Step } from "../../../drivers/kit/schema.ts";
import { analyser } from "./analyser.ts";
import {
  begun,
  frame,
  hello,
  lineOf,
  listen,
  normal,
  pressures,
  profileOf,
  record,
  stop,
  type Line,
} from "./session-line.ts";
import toy from "./toy.ts";

/** What a session is handed in, what it answers for the line, and what it tells of frames that say several things. */
describe("a job", () => {
  const job: Step = { do: "job", phase: "waiting", frames: ["still", "got", "open"], pauseMs: 50 };
  const jobOf = (handed: SessionOptions["job"], steps: readonly Step[] = [job, listen]): Line =>
    lineOf(profileOf(steps), handed === undefined ? {} : { job: handed });
  test("is sent frame by frame, with a pause behind each", () => {
    const line = jobOf([
      { send: "still", values: {} },
      { send: "got", values: { index: 3 } },
    ]);
    expect(line.begin()).toEqual(["phase waiting", "send still", "wake 50"]);
    expect(line.wake(49)).toEqual(["wake 50"]);
    expect(line.wake(50)).toEqual(["send got", "wake 100"]);
    expect(line.wake(100)).toEqual(["phase measuring", "wake 3100"]);
  });
  test.each([
    ["of nothing", []],
    ["that nobody handed in", undefined],
  ])("%s is over at once", (_what, handed) => {
    expect(jobOf(handed).begin()).toEqual(["phase waiting", "phase measuring", "wake 3000"]);
  });
  test("hears nothing between its frames", () => {
    const line = jobOf([{ send: "still", values: {} }]);
    line.begin();
    expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 50"]);
  });
  test.each<readonly [what: string, steps: readonly Step[]]>([
    ["that no job sends", [job, hello]],
    ["of a session without a job", [hello]],
  ])("of a frame %s is a bug", (_what, steps) => {
    expect(() =>
      jobOf(
        [
          { send: "still", values: {} },
          { send: "hello", values: {} },
        ],
        steps,
      ),
    ).toThrow(/^no step sends (still|hello) of a job$/);
  });
  test("may be that of the second step that sends one", () => {
    const other: Step = { ...job, frames: ["hello"] };
    expect(jobOf([{ send: "still", values: {} }], [other, job]).begin()[1]).toBe("send still");
  });
});

describe("what the line itself wants answered", () => {
  const enq = Uint8Array.of(5);
  const sent = (line: Line, nowMs: number): readonly string[] =>
    line.session.hear(enq, nowMs).flatMap((effect) => (effect.do === "send" ? [effect.bytes.join()] : []));
  test("is answered while the session runs, and not before or after", () => {
    const line = lineOf(analyser);
    expect(sent(line, 0)).toEqual([]);
    line.begin(1);
    line.session.hear(Uint8Array.of(4), 2);
    expect(sent(line, 3)).toEqual(["6"]);
    line.stop(4);
    expect(sent(line, 5)).toEqual([]);
  });
  test("is answered while what may be acting is stopped, too", () => {
    const device = toy.envelopes.device!;
    const line = lineOf({
      ...analyser,
      envelopes: { ...analyser.envelopes, device },
      frames: { ...analyser.frames, stop: toy.frames["stop"]! },
      session: { ...analyser.session, stop: { ...stop, expect: [] } },
    });
    line.begin(0);
    line.stop(1);
    expect(sent(line, 2)).toEqual(["6"]);
    line.wake(1_000);
    line.session.hear(Uint8Array.of(4), 1_001);
    line.wake(2_000);
    expect(line.wake(3_000)).toEqual(["end stopped"]);
    expect(sent(line, 3_001)).toEqual([]);
  });
});

describe("a frame with several rules", () => {
  const control = pressures({ status: { ...normal, control: true } });
  const readings = [["bp.systolic", "systolic"]] as const;
  const several = (more: Partial<Profile["meaning"]>): Profile =>
    profileOf([listen], {}, { meaning: { ...toy.meaning, ...more } as Profile["meaning"] });
  const told = (profile: Profile, options: SessionOptions, bytes = pressures()): readonly string[] => {
    const line = lineOf(profile, options);
    line.begin();
    return line.hear(bytes, 10);
  };
  const measured = several({
    pressures: [
      { kind: "information", about: "seen", values: {} },
      { kind: "progress", of: "bloodPressure", readings },
      { kind: "measurement", of: "bloodPressure", readings },
    ],
  });
  test("of the kind that is asked for tells all of them, and is the result", () => {
    expect(told(measured, { of: "bloodPressure" })).toEqual([
      "tell seen (9)",
      "tell progress (9)",
      "tell measurement (9)",
      "end finished",
    ]);
  });
  test("of another kind tells what is whole and what the device says of itself, and is no result", () => {
    expect(told(measured, { of: "glucose" })).toEqual(["tell measurement (9)", "tell seen (9)", "wake 3000"]);
  });
  test("of another kind tells a control, which is nobody's and ends nothing", () => {
    expect(told(toy, { of: "glucose" }, control)).toEqual(["tell control (9)", "wake 200"]);
  });
  test("may say a control beside what it says of itself", () => {
    const both = several({
      pressures: [
        { kind: "information", about: "seen", values: {} },
        { kind: "control", of: "bloodPressure", readings },
      ],
    });
    expect(told(both, {})).toEqual(["tell seen (9)", "tell control (9)", "end failed gate.control"]);
    expect(told(both, { purpose: "control" })).toEqual(["tell seen (9)", "tell control (9)", "end finished"]);
  });
  test("says a fault of its own beside what it says of itself, and nothing has to be stopped", () => {
    const faulty = several({
      pressures: [
        { kind: "information", about: "seen", values: {} },
        { kind: "fault", code: "device.cuffLoose" },
      ],
    });
    const line = lineOf({ ...faulty, session: { ...faulty.session, stop } });
    line.begin();
    expect(line.hear(pressures(), 10)).toEqual([
      "tell seen (9)",
      "tell device.cuffLoose",
      "end failed device.cuffLoose",
    ]);
  });
});

describe("a clock that the device shows", () => {
  const clocked = (about: string): Profile =>
    profileOf(
      [
        { do: "ask", phase: "contacting", send: "hello", expect: ["time"], withinMs: 200, tries: 1 },
        {
          do: "readout",
          phase: "reading",
          send: "askRecord",
          index: "index",
          first: 1,
          also: { send: "askTime", index: "index", expect: "time" },
          expect: "record",
          most: 3,
          withinMs: 500,
          tries: 1,
        },
      ],
      {},
      { meaning: { ...toy.meaning, time: [{ kind: "information", about, values: { deviceTime: "taken" } }] } },
    );
  /** Two minutes ago by the station, while the device's clock is an hour ahead: is a record of so long ago still read? */
  const asksOn = (about: string, taken: string): boolean => {
    const line = lineOf(clocked(about), { sinceMs: 0, of: "glucose" });
    line.begin(120_000);
    line.hear(encode(toy, "time", { taken: "2026-11-22T09:00:00" }), 120_000);
    line.hear(encode(toy, "time", { taken }), 120_010);
    return line.hear(record(1), 120_020).includes("send askTime");
  };
  test.each([
    ["a record behind that time is read, and the next is asked for", "clock", "2026-11-22T08:58:30", true],
    ["a record before that time is the last", "clock", "2026-11-22T08:57:30", false],
    ["a record of any time is read where it shows none", "other", "2026-11-22T08:57:30", true],
  ])("%s", (_what, about, taken, on) => {
    expect(asksOn(about, taken)).toBe(on);
  });
});

test("what a question was put for and came twice is told by whoever asked first", () => {
  const line = begun([hello, listen], { stop });
  expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "phase measuring", "wake 3010"]);
  expect(line.hear(frame("hi"), 20)).toEqual(["tell here (4)", "wake 1020"]);
});
