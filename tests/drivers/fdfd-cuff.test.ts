import { describe, expect, test } from "vitest";
import { createSession, decoder, encode, fromHex, toHex, type Effect } from "../../drivers/kit/index.ts";
import fdfd from "../../drivers/fdfd-cuff.ts";
import { play } from "../../drivers/laws/play.ts";

const frame = (name: string, values = {}): Uint8Array => encode(fdfd, name, values);
const sends = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === "send" ? [toHex(effect.bytes)] : []));
const results = (effects: readonly Effect[]): readonly Effect[] =>
  effects.filter((effect) => effect.do === "tell" && effect.outcome.kind === "measurement");
const [start, finish] = ["fdfdfa050d0a", "fdfdfe060d0a"];
const result = { systolic: 120, diastolic: 80, pulse: 70 };

test("the printed result is decoded, and is no measurement by itself", () => {
  expect(decoder(fdfd).hear(fromHex("fdfdfc7850460d0a"))).toEqual([
    {
      kind: "progress",
      of: "bloodPressure",
      readings: [
        { quantity: "bp.systolic", value: 120, unit: "mm[Hg]" },
        { quantity: "bp.diastolic", value: 80, unit: "mm[Hg]" },
        { quantity: "pulse.rate", value: 70, unit: "/min" },
      ],
    },
  ]);
});

describe("a session", () => {
  const begun = () => {
    const session = createSession(fdfd);
    return { session, first: session.begin(0) };
  };
  test("a unit that asks for its start gets it while the start is asked for, and not when it measures", () => {
    const { session, first } = begun();
    expect(sends(first)).toEqual([start]);
    expect(sends(session.hear(frame("ready"), 2_000))).toEqual([start]);
    session.hear(frame("started"), 2_100);
    expect(sends(session.hear(frame("ready"), 2_200))).toEqual([]);
  });
  test("two equal results are one measurement with the bytes of both, and the end is confirmed", () => {
    const { session } = begun();
    session.hear(frame("started"), 100);
    expect(results(session.hear(frame("result", result), 20_000))).toEqual([]);
    const second = session.hear(frame("result", result), 20_300);
    expect(results(second)).toMatchObject([
      { raw: Uint8Array.from([...frame("result", result), ...frame("result", result)]) },
    ]);
    expect(sends(second)).toEqual([finish]);
    expect(session.hear(frame("over"), 20_400)).toContainEqual({ do: "end", how: "finished" });
  });
  test("two results that differ are none", () => {
    const played = play(fdfd, { simulator: { fault: "differ" } });
    expect(played.outcomes.filter(({ kind }) => kind === "measurement")).toEqual([]);
    expect(played.end?.code).toBe("device.silent");
    expect(toHex(played.sent.at(-1)?.bytes ?? new Uint8Array())).toBe(finish);
  });
  test("nothing is started before it is asked for", () => {
    expect(sends(createSession(fdfd).hear(frame("ready"), 0))).toEqual([]);
  });
});
