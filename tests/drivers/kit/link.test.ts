import { describe, expect, test } from "vitest";
import { createSession, createSimulator, decoder, encode, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { createLinkEnd, type LinkEnd } from "../../../drivers/kit/link.ts";
import type { Link } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

/** A line on which every packet is acknowledged: one bit counts what is sent, one what is expected. */
const link: Link = {
  kind: "sequenced",
  at: 2,
  bits: { sequence: 0x01, expected: 0x02, ack: 0, reset: 0, more: 0 },
  reset: ["resetToDevice", "resetToHost"],
  ack: ["ackToDevice", "ackToHost"],
  withinMs: 100,
  tries: 3,
};
const control = (to: "host" | "device", is: string) => ({ to, size: 5, match: [{ at: 3, is }], fields: {} }) as const;
const packet = (to: "host" | "device", is: string) =>
  ({ to, size: 6, match: [{ at: 3, is }], fields: { n: { type: "u8", at: 4, min: 0, max: 250 } } }) as const;
const { sessionFor: _sessions, ...plain } = toy;
const profile: Profile = {
  ...plain,
  measures: [],
  link,
  frames: {
    resetToDevice: control("device", "f0"),
    resetToHost: control("host", "f0"),
    ackToDevice: control("device", "f1"),
    ackToHost: control("host", "f1"),
    ask: packet("device", "01"),
    answer: packet("host", "01"),
  },
  meaning: {
    resetToHost: { kind: "information", about: "reset", values: {}, link: true },
    ackToHost: { kind: "information", about: "ack", values: {}, link: true },
    answer: { kind: "information", about: "answer", values: { n: "n" } },
  },
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "ask", values: { n: 7 }, expect: ["answer"], withinMs: 200, tries: 2 },
    ],
    totalMs: 60_000,
    gapMs: 100,
  },
  simulate: { answers: { ask: [{ send: "answer", values: { n: 9 }, afterMs: 50 }] }, faults: {} },
};
const bitsIn = (bytes: Uint8Array): number => bytes[link.at] ?? 0;
const withBits = (bits: number): Uint8Array => new Uint8Array(6).fill(bits, link.at, link.at + 1);

describe("one end of the line", () => {
  const end = (side: "host" | "device" = "host"): LinkEnd => createLinkEnd(profile, link, side);
  test("begins with both bits at zero, and stamps the same bits until the other expects the next", () => {
    const line = end();
    expect(line.stamp()).toEqual({ at: 2, bits: 0 });
    expect(line.stamp()).toEqual({ at: 2, bits: 0 });
    expect(line.receive("ackToHost", withBits(0))).toBe("ack");
    expect(line.stamp()).toEqual({ at: 2, bits: 0 });
    expect(line.receive("ackToHost", withBits(2))).toBe("ack");
    expect(line.stamp()).toEqual({ at: 2, bits: 1 });
    line.receive("ackToHost", withBits(0));
    expect(line.stamp()).toEqual({ at: 2, bits: 0 });
  });
  test("counts nothing that it did not send", () => {
    const line = end();
    line.receive("ackToHost", withBits(2));
    expect(line.stamp().bits).toBe(0);
  });
  test("counts a packet once, though it is acknowledged twice", () => {
    const line = end();
    line.stamp();
    line.receive("ackToHost", withBits(2));
    line.receive("ackToHost", withBits(0));
    expect(line.stamp().bits).toBe(1);
  });
  test("takes each packet once and expects the next", () => {
    const line = end();
    expect(line.receive("answer", withBits(0))).toBe("payload");
    expect(bitsIn(line.acknowledgement())).toBe(2);
    expect(line.receive("answer", withBits(0))).toBe("duplicate");
    expect(line.receive("answer", withBits(1))).toBe("payload");
    expect(bitsIn(line.acknowledgement())).toBe(0);
    expect(line.receive("answer", withBits(1))).toBe("duplicate");
  });
  test("takes the answer for an acknowledgement", () => {
    const line = end();
    line.stamp();
    expect(line.receive("answer", withBits(2))).toBe("payload");
    expect(line.stamp().bits).toBe(3);
  });
  test("begins again when it is reset", () => {
    const line = end();
    line.stamp();
    line.receive("answer", withBits(2));
    expect(line.receive("resetToHost", withBits(0))).toBe("reset");
    line.restart();
    line.receive("ackToHost", withBits(2));
    expect(line.stamp().bits).toBe(0);
  });
  test("changes nothing by a reset that only came", () => {
    const line = end();
    line.stamp();
    line.receive("resetToHost", withBits(2));
    expect(line.stamp().bits).toBe(0);
  });
  test.each([
    ["host", "ackToDevice", "resetToDevice", "ackToHost", "resetToHost"],
    ["device", "ackToHost", "resetToHost", "ackToDevice", "resetToDevice"],
  ] as const)("of the %s has frames of its own", (side, ack, reset, otherAck, otherReset) => {
    const line = end(side);
    expect(toHex(line.acknowledgement())).toBe(toHex(encode(profile, ack, {})));
    expect(toHex(line.resetPacket())).toBe(toHex(encode(profile, reset, {})));
    expect(line.receive(otherAck, withBits(0))).toBe("ack");
    expect(line.receive(otherReset, withBits(0))).toBe("reset");
  });
});

describe("a session on such a line", () => {
  const names = (bytes: Uint8Array): string =>
    decoder(profile, { side: "device" })
      .hearFrames(bytes)
      .map(({ frame, raw }) => `${frame ?? "?"} ${bitsIn(raw)}`)
      .join("+");
  const begin = () => {
    const session = createSession(profile);
    const doings = (effects: ReturnType<typeof session.begin>): readonly string[] =>
      effects.flatMap((each) =>
        each.do === "send"
          ? [`send ${names(each.bytes)}`]
          : each.do === "tell"
            ? [each.outcome.kind === "fault" ? each.outcome.code : each.outcome.kind]
            : each.do === "wake"
              ? [`wake ${each.atMs}`]
              : each.do === "end"
                ? [`end ${each.how}`]
                : [],
      );
    return {
      first: doings(session.begin(0)),
      hear: (name: string, bits: number, nowMs: number) =>
        doings(session.hear(encode(profile, name, name === "answer" ? { n: 9 } : {}, { at: link.at, bits }), nowMs)),
      wake: (nowMs: number) => doings(session.wake(nowMs)),
    };
  };
  test("resets it first, and asks when that was answered", () => {
    const line = begin();
    expect(line.first).toEqual(["send resetToDevice 0", "wake 100"]);
    expect(line.hear("resetToHost", 0, 10)).toEqual(["send ask 0", "wake 210"]);
    expect(line.hear("ackToHost", 2, 20)).toEqual(["wake 210"]);
    expect(line.hear("answer", 2, 30)).toEqual(["send ackToDevice 3", "information", "end finished"]);
  });
  test("acknowledges a packet again that it has had, and does not use it", () => {
    const line = begin();
    line.hear("resetToHost", 0, 10);
    expect(line.hear("answer", 3, 30)).toEqual(["send ackToDevice 1", "wake 210"]);
  });
  test("resets it again when nothing is answered, so often as the line allows", () => {
    const line = begin();
    expect(line.wake(100)).toEqual(["send resetToDevice 0", "wake 200"]);
    expect(line.wake(200)).toEqual(["send resetToDevice 0", "wake 300"]);
    expect(line.wake(300)).toEqual(["device.silent", "end failed"]);
  });
  test("resets it before it asks again", () => {
    const line = begin();
    line.hear("resetToHost", 0, 10);
    expect(line.wake(210)).toEqual(["send resetToDevice 0", "wake 310"]);
    expect(line.hear("resetToHost", 0, 220)).toEqual(["send ask 0", "wake 420"]);
  });
  test("takes a reset that nobody asked for as nothing", () => {
    const line = begin();
    line.hear("resetToHost", 0, 10);
    expect(line.hear("resetToHost", 0, 20)).toEqual(["wake 210"]);
  });
});

describe("a simulated device on such a line", () => {
  const device = () => createSimulator(profile);
  const sends = (plan: ReturnType<ReturnType<typeof device>["hear"]>): readonly string[] =>
    plan.map(({ bytes, afterMs, instead }) => {
      const [heard] = decoder(profile).hearFrames(bytes);
      return `${afterMs}${instead === true ? "!" : ""} ${heard?.frame ?? "?"} ${bitsIn(bytes)}`;
    });
  const say = (name: string, bits: number): Uint8Array =>
    encode(profile, name, name === "ask" ? { n: 7 } : {}, { at: link.at, bits });
  test("answers a reset, and acknowledges what it answers", () => {
    const line = device();
    expect(sends(line.hear(say("resetToDevice", 0), 0))).toEqual(["20! resetToHost 0"]);
    expect(sends(line.hear(say("ask", 0), 10))).toEqual(["20! ackToHost 2", "50 answer 2"]);
    expect(sends(line.hear(say("ackToDevice", 2), 20))).toEqual([]);
  });
  test("says nothing to what it has had", () => {
    const line = device();
    line.hear(say("ask", 0), 10);
    expect(sends(line.hear(say("ask", 0), 20))).toEqual([]);
  });
  test("begins anew behind a reset, and twice as fast at twice the speed", () => {
    const line = createSimulator(profile, { speed: 2 });
    line.hear(say("ask", 0), 10);
    expect(sends(line.hear(say("resetToDevice", 0), 20))).toEqual(["10! resetToHost 0"]);
    expect(sends(line.hear(say("ask", 0), 30))).toEqual(["10! ackToHost 2", "25 answer 2"]);
  });
  test("that is silent answers neither", () => {
    const line = createSimulator(profile, { fault: "silent" });
    expect(line.hear(say("resetToDevice", 0), 0)).toEqual([]);
    expect(line.hear(say("ask", 0), 0)).toEqual([]);
  });
});
