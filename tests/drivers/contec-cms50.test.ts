import { describe, expect, test } from "vitest";
import contec from "../../drivers/contec-cms50.ts";
import { createSession, decoder, fromHex, toHex, wallMs, type Effect } from "../../drivers/kit/index.ts";
import { play } from "../../drivers/laws/play.ts";

const hear = (hex: string) => decoder(contec).hear(fromHex(hex.replaceAll(" ", "").toLowerCase()));
const sends = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === "send" ? [toHex(effect.bytes)] : []));

test("the printed line of a real unit: 99 %, 60 a minute, no perfusion index, a point of the wave", () => {
  expect(hear("01 E0 84 93 92 BC E3 FF FF")).toEqual([
    { kind: "wave", of: "pulse", samples: { pulse: [19] } },
    {
      kind: "progress",
      of: "oximetry",
      readings: [
        { quantity: "spo2", value: 99, unit: "%" },
        { quantity: "pulse.rate", value: 60, unit: "/min" },
      ],
    },
  ]);
});
test("with the finger out nothing is told, whatever the numbers say", () => {
  expect(hear("01 E1 84 93 92 BC E3 FF FF")).toEqual([]);
});

describe("a session", () => {
  test("asks exactly as the logged program does", () => {
    const session = createSession(contec);
    expect(sends(session.begin(0))).toEqual(["7d81a7808080808080"]);
    expect(sends(session.hear(fromHex("0c80"), 20))).toEqual(["7d81a2808080808080"]);
    expect(sends(session.hear(fromHex("0c80"), 40))).toEqual(["7d81ac808080808080"]);
    expect(sends(session.hear(fromHex("0e8081"), 60))).toEqual(["7d81a1808080808080"]);
    expect(sends(session.wake(1_900))).toEqual([]);
  });
  test("settles five seconds after the finger is in and found, says it is still there meanwhile, and stops the stream", () => {
    const played = play(contec);
    expect(played.end?.how).toBe("finished");
    expect(played.end?.atMs).toBeGreaterThan(9_000);
    expect(played.end?.atMs).toBeLessThan(9_400);
    const sent = played.sent.map(({ bytes }) => toHex(bytes).slice(4, 6));
    expect(sent.filter((code) => code === "af")).toHaveLength(1);
    expect(sent.at(-1)).toBe("a2");
    expect(played.outcomes.filter(({ kind }) => kind === "measurement")).toHaveLength(1);
  });
  test("without a finger it says so after a minute", () => {
    const { end } = play(contec, { simulator: { fault: "fingerOut" } });
    expect(end).toMatchObject({ how: "failed", code: "device.weakPulse" });
  });
});

test("the date is set before the time, each acknowledged", () => {
  const session = createSession(contec, { task: "setClock", wallOffsetMs: wallMs("2026-11-22T08:09:10") });
  session.begin(0);
  // 20 26 11 22, a Sunday.
  expect(sends(session.hear(fromHex("0c80"), 10))).toEqual(["7d81b2949a8b968080"]);
  expect(sends(session.hear(fromHex("0b81b280"), 20))).toEqual(["7d81b188898a808080"]);
  expect(session.hear(fromHex("0b81b180"), 30)).toEqual([{ do: "end", how: "finished" }]);
});
test("a date that is refused sets no time", () => {
  const session = createSession(contec, { task: "setClock", wallOffsetMs: wallMs("2026-11-22T08:09:10") });
  session.begin(0);
  session.hear(fromHex("0c80"), 10);
  const refused = session.hear(fromHex("0b81b285"), 20);
  expect(sends(refused)).toEqual([]);
  expect(refused.at(-1)).toEqual({ do: "end", how: "failed", code: "device.unknown" });
});
