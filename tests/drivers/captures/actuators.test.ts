import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import {
  allSessions,
  decoder,
  encode,
  faultsOf,
  fromHex,
  tasksOf,
  type JobFrame,
  type TaskName,
  toHex,
  withSettings,
} from "../../../drivers/kit/index.ts";
import { actingFrames } from "../../../drivers/kit/conversation.ts";
import { act, linesOf } from "./acting.ts";
import { counter, outcomes, present } from "./replay.ts";

const profile = (id: string) => findProfile(id)!;
/** What whoever starts a task hands in. */
const handedIn: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  "lock-board-8a": { board: 1, channel: 1 },
  "kerong-cu": { board: 0, lock: 0 },
  "vending-fafb": { pack: 1, nextPack: 2, lift: 0, selection: 1 },
};
/** What a printer is to print. */
const jobs: Readonly<Record<string, readonly JobFrame[]>> = {
  "printer-escpos": [
    { send: "large" },
    { send: "line", values: { text: "血压 128/82" } },
    { send: "normal" },
    { send: "line", values: { text: "○ 正常" } },
  ],
};
/** The job belongs to one task alone. */
const asked = (id: string, task: TaskName) => ({
  task,
  values: handedIn[id] ?? {},
  ...(task === "print" ? { job: jobs[id] ?? [] } : {}),
});

describe.skipIf(!present)("lock-board-8a", () => {
  const count = counter("lock-board-8a");
  const lines = linesOf("lock-board-8a/frames.hex");
  test("is all of what the folder holds", () => expect(lines).toHaveLength(8));
  test.each([
    [0, "readAll", { board: 1 }],
    [2, "open", { board: 1, channel: 1 }],
    [4, "readOne", { board: 1, channel: 1 }],
  ])("line %d is what the host says: %s", (line, frame, values) => {
    count();
    expect(toHex(encode(profile("lock-board-8a"), frame, values))).toBe(lines[line]?.hex);
  });
  test("opening several locks at once is no command of ours", () => {
    count();
    const [heard] = decoder(profile("lock-board-8a"), { side: "device" }).hearFrames(fromHex(lines[6]!.hex));
    expect(heard?.frame).toBeUndefined();
  });
  test.each([
    [1, { about: "locks", values: { board: 1, contacts: "000000" } }],
    [3, { about: "openAnswered", values: { board: 1, channel: 1, contact: 0 } }],
    [5, { about: "lock", values: { board: 1, channel: 1, contact: 0x11 } }],
    [7, { about: "locks", values: { board: 1, contacts: "000001" } }],
  ])("line %d", (line, expected) => {
    count();
    expect(outcomes("lock-board-8a", lines[line]!.hex)).toEqual([{ kind: "information", ...expected }]);
  });
});

describe.skipIf(!present)("lock-board-kerong", () => {
  const count = counter("kerong-cu");
  const lines = linesOf("lock-board-kerong/frames.hex");
  test("is all of what the folder holds", () => expect(lines).toHaveLength(5));
  test.each([
    [0, "askStatus", { board: 0 }],
    [1, "unlock", { board: 0, lock: 0 }],
    [2, "unlock", { board: 0, lock: 15 }],
  ])("line %d is what the host says: %s", (line, frame, values) => {
    count();
    expect(toHex(encode(profile("kerong-cu"), frame, values))).toBe(lines[line]?.hex);
  });
  test("the status of every board is no command of ours, and its answer is heard", () => {
    count();
    expect(
      decoder(profile("kerong-cu"), { side: "device" }).hearFrames(fromHex(lines[3]!.hex))[0]?.frame,
    ).toBeUndefined();
    count();
    expect(outcomes("kerong-cu", lines[4]!.hex)).toEqual([
      { kind: "information", about: "locksClosed", values: { board: 0, hooks: 0, infrared: 0 } },
    ]);
  });
});

describe.skipIf(!present)("vending-vmc-fafb", () => {
  const count = counter("vending-fafb");
  const [poll, acknowledge, ...more] = linesOf("vending-vmc-fafb/frames.hex");
  test("poll and acknowledgement, and there are no more", () => {
    count();
    expect(outcomes("vending-fafb", poll!.hex)).toEqual([{ kind: "information", about: "poll", values: {} }]);
    count();
    expect(toHex(encode(profile("vending-fafb"), "acknowledge", {}))).toBe(acknowledge?.hex);
    expect(more).toEqual([]);
  });
});

const acting = ["lock-board-8a", "kerong-cu", "vending-fafb", "printer-escpos"] as const;
const runs = acting.flatMap((id) =>
  tasksOf(profile(id)).flatMap((task) =>
    [undefined, ...faultsOf(profile(id))].map((fault) => [id, task, fault ?? "healthy"] as const),
  ),
);
/** How each task of a healthy device ends, and with each fault of its own. Silence, noise and cuts are the same for all. */
const ends: Readonly<Record<string, string>> = {
  "lock-board-8a open stuck": "device.doorShut",
  "vending-fafb dispense empty": "device.outOfStock",
  "vending-fafb dispense jammed": "device.outcomeUnknown",
  "printer-escpos print paperOut": "device.paperOut",
  "printer-escpos print runsOut": "device.paperOut",
  "printer-escpos print coverOpen": "device.printerStopped",
  "printer-escpos status paperOut": "device.paperOut",
  "printer-escpos status coverOpen": "device.printerStopped",
};
const broken: readonly string[] = ["silent", "garbage", "cut", "half"];

describe("every task, healthy and with each fault", () => {
  test.each(runs)("%s %s %s", (id, task, fault) => {
    const device = profile(id);
    const acts = actingFrames(allSessions(device));
    const done = act(device, { ...asked(id, task), ...(fault === "healthy" ? {} : { fault }) });
    // Never again without the device's state having been read.
    expect(done.sent.filter((frame) => acts.has(frame)).length).toBeLessThanOrEqual(1);
    if (broken.includes(fault)) expect(["device.silent", "device.garbled", "finished"]).toContain(done.end);
    else expect(done.end).toBe(ends[`${id} ${task} ${fault}`] ?? "finished");
  });
  test.each(acting)("%s: on a silent line nothing that acts is sent", (id) => {
    const acts = actingFrames(allSessions(profile(id)));
    for (const task of tasksOf(profile(id))) {
      const { sent } = act(profile(id), { ...asked(id, task), fault: "silent" });
      expect(sent.filter((frame) => acts.has(frame))).toEqual([]);
    }
  });
  test.each(acting)("%s is found to be there and in order", (id) => expect(act(profile(id)).end).toBe("finished"));
  test("kerong-cu: a door that stays shut is seen in the state that is read behind it", () => {
    const { outcomes: told } = act(profile("kerong-cu"), {
      task: "open",
      values: handedIn["kerong-cu"]!,
      fault: "stuck",
    });
    expect(told.at(-1)).toMatchObject({ about: "locksClosed", values: { hooks: 0xffff } });
  });
  test("8A: with the contact closed when open, the other state is the open door", () => {
    const other = withSettings(profile("lock-board-8a"), { feedback: "closedWhenOpen" });
    expect(
      other.ok && act(other.profile, { task: "open", values: handedIn["lock-board-8a"]!, fault: "stuck" }).end,
    ).toBe("finished");
  });
});

describe("printer-escpos", () => {
  test("prints the lines of a job in order between two looks at the paper", () => {
    const { sent } = act(profile("printer-escpos"), asked("printer-escpos", "print"));
    const job = ["initialize", "chinese", "large", "line", "normal", "line", "cut"];
    expect(sent).toEqual(["askOffline", "askPaper", ...job, "askPaper", "askOffline", "forget"]);
  });
  test.each(["silent", "paperOut", "coverOpen"])("prints nothing when it is %s", (fault) => {
    const { sent } = act(profile("printer-escpos"), { ...asked("printer-escpos", "print"), fault });
    expect(sent.filter((frame) => frame === "line")).toEqual([]);
  });
  test("takes no frame that is none of its job", () => {
    const job = [{ send: "cut" }];
    expect(() => act(profile("printer-escpos"), { task: "print", job })).toThrow("cut");
  });
  const line = (text: string): string => toHex(encode(profile("printer-escpos"), "line", { text }));
  test("a line is GB18030 with a line feed", () => expect(line("血压")).toBe("d1aad1b90a"));
  test("a character of four bytes is refused", () => expect(() => line("血压𠮷")).toThrow());
  // Dossier §Real-time status: the fixed bits are 12h.
  test.each([
    ["10 04 2, in order", "offlineCause", "12", []],
    ["10 04 2, cover open", "offlineCause", "16", ["device.printerStopped"]],
    ["10 04 2, paper end", "offlineCause", "32", ["device.paperOut"]],
    ["10 04 4, paper there", "paper", "12", []],
    ["10 04 4, near the end", "paper", "1e", []],
    ["10 04 4, paper out", "paper", "72", ["device.paperOut"]],
  ])("%s", (_what, asked, hex, faults) => {
    const device = decoder(profile("printer-escpos"));
    device.prefer(asked);
    const told = device.hear(fromHex(hex));
    expect(told.flatMap((outcome) => (outcome.kind === "fault" ? [outcome.code] : []))).toEqual(faults);
    expect(told.some(({ kind }) => kind === "discarded")).toBe(false);
  });
  test.each(["11", "00", "ff", "93"])("%s is no status byte", (hex) => {
    const device = decoder(profile("printer-escpos"));
    expect([...device.hear(fromHex(hex)), ...device.flush()]).toMatchObject([{ kind: "discarded" }]);
  });
});
