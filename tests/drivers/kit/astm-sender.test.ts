import { describe, expect, test } from "vitest";
import { ACK, ENQ, EOT, NAK, turnsOf } from "../../../drivers/kit/astm-frame.ts";
import {
  idleSender,
  nextSender,
  type SenderInput,
  type SenderRole,
  type SenderState,
} from "../../../drivers/kit/astm-sender.ts";
import { createAstmSpeaker } from "../../../drivers/kit/astm-speaker.ts";
import { toHex } from "../../../drivers/kit/index.ts";

/** The sending end with an explicit clock: every wait of LIS01-A2 has its end. */
const frame = (number: number): string => `\x02${number}P|1\r\x0300\r\n`;
const message = Uint8Array.from(`\x05${frame(1)}${frame(2)}\x04`, (char) => char.charCodeAt(0));
const turns = turnsOf(message).slice(0, -1);
const heard = (byte: number): SenderInput => ({ kind: "heard", byte });

function sender(role: SenderRole = "instrument"): {
  state: () => SenderState;
  give: (input: SenderInput, nowMs: number) => readonly string[];
} {
  let state = idleSender;
  return {
    state: () => state,
    give(input, nowMs) {
      const step = nextSender(role, state, input, nowMs);
      state = step.state;
      return step.send.map(toHex);
    },
  };
}
const enq = "05";
const eot = "04";
const one = toHex(turns[1]!);
const two = toHex(turns[2]!);

describe("the sending end", () => {
  test("a message is taken apart where the sender waits", () => {
    expect(turnsOf(message).map(toHex)).toEqual([enq, one, two, eot]);
  });
  test("a header before ENQ goes out with it", () => {
    const first = Uint8Array.from(`${frame(1)}\x05${frame(2)}\x04`, (char) => char.charCodeAt(0));
    expect(turnsOf(first).map(toHex)).toEqual([one + enq, two, eot]);
  });
  test("calls, sends each frame when the one before is acknowledged, and ends with EOT", () => {
    const { give, state } = sender();
    expect(give({ kind: "say", turns }, 0)).toEqual([enq]);
    expect(give(heard(ACK), 10)).toEqual([one]);
    expect(give(heard(ACK), 20)).toEqual([two]);
    expect(give(heard(ACK), 30)).toEqual([eot]);
    expect(state()).toEqual(idleSender);
  });
  test("repeats a refused frame, and gives up at the sixth refusal", () => {
    const { give, state } = sender();
    give({ kind: "say", turns }, 0);
    give(heard(ACK), 10);
    const answers = Array.from({ length: 6 }, (_, i) => give(heard(NAK), 20 + i));
    expect(answers).toEqual([[one], [one], [one], [one], [one], [eot]]);
    expect(state().is).toBe("idle");
  });
  test("refusals are counted for each frame", () => {
    const { give } = sender();
    give({ kind: "say", turns }, 0);
    give(heard(ACK), 10);
    for (let i = 0; i < 5; i++) give(heard(NAK), 20);
    expect(give(heard(ACK), 30)).toEqual([two]);
    expect(give(heard(NAK), 40)).toEqual([two]);
  });
  test("an unanswered frame is given up after 15 s", () => {
    const { give, state } = sender();
    give({ kind: "say", turns }, 0);
    give(heard(ACK), 1_000);
    expect(state().untilMs).toBe(16_000);
    expect(give({ kind: "time" }, 15_999)).toEqual([]);
    expect(give({ kind: "time" }, 16_000)).toEqual([eot]);
  });
  test("an unanswered call is ended and repeated after 15 s, six times in all", () => {
    const { give, state } = sender();
    const said = [give({ kind: "say", turns }, 0)];
    for (let i = 1; i <= 6; i++) said.push(give({ kind: "time" }, 15_000 * i));
    expect(said).toEqual([[enq], ...Array.from({ length: 5 }, () => [eot, enq]), [eot]]);
    expect(state().untilMs).toBe(Number.POSITIVE_INFINITY);
  });
  test("a busy receiver is left alone for 10 s", () => {
    const { give, state } = sender();
    give({ kind: "say", turns }, 0);
    expect(give(heard(NAK), 500)).toEqual([]);
    expect(state().untilMs).toBe(10_500);
    expect(give(heard(ACK), 600)).toEqual([]);
    expect(give({ kind: "time" }, 10_500)).toEqual([enq]);
  });
  test.each([
    ["instrument", 1_000],
    ["host", 20_000],
  ] as const)("both call at once: the %s calls again after %d ms", (role, waitMs) => {
    const { give, state } = sender(role);
    give({ kind: "say", turns }, 0);
    expect(give(heard(ENQ), 100)).toEqual([]);
    expect(state().untilMs).toBe(100 + waitMs);
    expect(give({ kind: "time" }, 99 + waitMs)).toEqual([]);
    expect(give({ kind: "time" }, 100 + waitMs)).toEqual([enq]);
  });
  test("EOT instead of ACK asks it to stop", () => {
    const { give, state } = sender();
    give({ kind: "say", turns }, 0);
    give(heard(ACK), 10);
    expect(give(heard(EOT), 20)).toEqual([eot]);
    expect(state().is).toBe("idle");
  });
  test("a second message waits for the end of the first", () => {
    const { give } = sender();
    give({ kind: "say", turns }, 0);
    expect(give({ kind: "say", turns: [turns[0]!, turns[2]!] }, 5)).toEqual([]);
    give(heard(ACK), 10);
    give(heard(ACK), 20);
    expect(give(heard(ACK), 30)).toEqual([eot, enq]);
    expect(give(heard(ACK), 40)).toEqual([two]);
  });
});

describe("a sender that is not heard", () => {
  test("calls a busy receiver six times, and then leaves it alone", () => {
    const { give, state } = sender();
    const calls = [give({ kind: "say", turns }, 0)];
    for (let i = 0; i < 6; i++) {
      expect(give(heard(NAK), 10_000 * i)).toEqual([]);
      calls.push(give({ kind: "time" }, 10_000 * (i + 1)));
    }
    expect(calls).toEqual([[enq], [enq], [enq], [enq], [enq], [enq], []]);
    expect(state()).toEqual(idleSender);
  });
  test("counts the calls of each message by itself", () => {
    const { give, state } = sender();
    give({ kind: "say", turns }, 0);
    give({ kind: "time" }, 15_000);
    give(heard(ACK), 15_010);
    give(heard(ACK), 15_020);
    give(heard(ACK), 15_030);
    give({ kind: "say", turns }, 20_000);
    expect(state().tries).toBe(1);
  });
  test.each([0x20, ENQ])("takes the byte %d for no answer", (byte) => {
    const { give, state } = sender();
    expect(give(heard(byte), 0)).toEqual([]);
    give({ kind: "say", turns }, 0);
    expect(give(heard(0x20), 5)).toEqual([]);
    expect(state().is).toBe("calling");
    give(heard(ACK), 10);
    expect(give(heard(byte), 20)).toEqual([]);
    expect(state()).toMatchObject({ is: "sending", at: 1 });
  });
});

describe("the simulated device's end", () => {
  const said = (plan: readonly { readonly bytes: Uint8Array; readonly afterMs: number; readonly instead?: true }[]) =>
    plan.map(({ bytes, afterMs, instead }) => `${afterMs}${instead === true ? "!" : ""} ${toHex(bytes)}`);
  test("says what it will do when nothing more is heard, and each answer replaces that", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    expect(said(speaker.say([message], 1_000)).slice(0, 3)).toEqual([`0! ${enq}`, `15000 ${eot}`, `15000 ${enq}`]);
    expect(said(speaker.hear(Uint8Array.of(ACK), 1_010))).toEqual([`0! ${one}`, `15000 ${eot}`]);
    expect(said(speaker.hear(Uint8Array.of(0x20), 1_020))).toEqual([]);
    expect(said(speaker.hear(Uint8Array.of(ACK, ACK), 1_030)).slice(0, 2)).toEqual([`0! ${two}`, `0 ${eot}`]);
  });
  test("knows what it has said meanwhile", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    speaker.say([message], 0);
    // The call was given up and repeated at 15 s: an answer to it is an answer.
    expect(said(speaker.hear(Uint8Array.of(ACK), 15_000))).toEqual([`0! ${one}`, `15000 ${eot}`]);
    // The frame was given up at 30 s: nothing is left to say.
    expect(said(speaker.hear(Uint8Array.of(ACK), 30_000))).toEqual([]);
  });
  test("waits without a word when the receiver is busy", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    speaker.say([message], 0);
    expect(said(speaker.hear(Uint8Array.of(NAK), 100))[0]).toBe(`10000! ${enq}`);
  });
  test("is silent behind EOT, and calls for the next message at once", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    speaker.say([message], 0);
    speaker.hear(Uint8Array.of(ACK, ACK), 10);
    expect(said(speaker.hear(Uint8Array.of(ACK), 20))).toEqual([`0! ${eot}`]);
    expect(said(speaker.hear(Uint8Array.of(ACK), 30))).toEqual([]);
    speaker.say([message, message], 40);
    speaker.hear(Uint8Array.of(ACK, ACK), 50);
    expect(said(speaker.hear(Uint8Array.of(ACK), 60)).slice(0, 2)).toEqual([`0! ${eot}`, `0 ${enq}`]);
  });
  test("ends with EOT what was cut off, and says it once", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    speaker.say([message.slice(0, 8)], 0);
    speaker.hear(Uint8Array.of(ACK), 10);
    expect(said(speaker.hear(Uint8Array.of(ACK), 20))).toEqual([`0! ${eot}`]);
  });
  test("bends one piece once", () => {
    const speaker = createAstmSpeaker("instrument", 2);
    speaker.say([message], 0);
    const [bent] = said(speaker.hear(Uint8Array.of(ACK), 10));
    expect(bent).not.toBe(`0! ${one}`);
    expect(said(speaker.hear(Uint8Array.of(NAK), 20))[0]).toBe(`0! ${one}`);
  });
});
