import { describe, expect, test } from "vitest";
import { ACK, ENQ, EOT, NAK, turnsOf } from "../../../drivers/kit/astm-frame.ts";
import {
  idleSender,
  nextSender,
  type SenderInput,
  type SenderRole,
  type SenderState,
} from "../../../drivers/kit/astm-sender.ts";
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
