import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkProfile,
  createSession,
  decoder,
  encode,
  toHex,
  type Effect,
  type Profile,
  type SessionOptions,
  type Values,
} from "../../../drivers/kit/index.ts";
import { ordinary } from "../../../drivers/laws/golden.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import toy from "./toy.ts";

/** What may be heard: any frame of the device, half of one, noise, nothing for a while; and a stop. */
type Event =
  | { readonly kind: "frame"; readonly index: number; readonly cut: number }
  | { readonly kind: "noise"; readonly bytes: Uint8Array }
  | { readonly kind: "pause"; readonly ms: number }
  | { readonly kind: "stop" };
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("frame" as const), index: fc.nat(99), cut: fc.nat(12) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("noise" as const), bytes: fc.uint8Array({ maxLength: 12 }) }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("pause" as const), ms: fc.nat(4_000) }) },
    { weight: 1, arbitrary: fc.constant({ kind: "stop" as const }) },
  ),
  { maxLength: 60 },
);

interface Lived {
  readonly effects: readonly (Effect & { readonly atMs: number })[];
  readonly endedAtMs: number | undefined;
}

/** A whole session under these events, and then in silence until it ends or an hour has gone by. */
function live(profile: Profile, options: SessionOptions, happened: readonly Event[]): Lived {
  const session = createSession(profile, options);
  const host = Object.entries(profile.frames).filter(([, { to }]) => to === "host");
  const effects: (Effect & { readonly atMs: number })[] = [];
  let now = 0;
  let wakeAt = Number.POSITIVE_INFINITY;
  let endedAtMs: number | undefined;
  const take = (given: readonly Effect[]): void => {
    for (const effect of given) {
      effects.push({ ...effect, atMs: now });
      if (effect.do === "wake") wakeAt = effect.atMs;
      if (effect.do === "end") endedAtMs = now;
    }
  };
  const pass = (ms: number): void => {
    const until = now + ms;
    for (let turns = 0; wakeAt <= until && turns < 20_000; turns++) {
      now = Math.max(now, wakeAt);
      wakeAt = Number.POSITIVE_INFINITY;
      take(session.wake(now));
    }
    now = until;
  };
  take(session.begin(now));
  for (const event of happened) {
    switch (event.kind) {
      case "frame": {
        const name = host[event.index % host.length]?.[0] ?? "";
        const bytes = encode(profile, name, ordinary(profile, name));
        take(session.hear(event.cut === 0 ? bytes.subarray(0, bytes.length >> 1) : bytes, now));
        break;
      }
      case "noise":
        take(session.hear(event.bytes, now));
        break;
      case "pause":
        pass(event.ms);
        break;
      case "stop":
        take(session.stop(now));
        break;
    }
  }
  pass(3_600_000);
  return { effects, endedAtMs };
}

const sentNames = (profile: Profile, { effects }: Lived): readonly string[] => {
  const device = decoder(profile, { side: "device" });
  return effects.flatMap((effect) =>
    effect.do === "send" ? device.hearFrames(effect.bytes).map((heard) => heard.frame ?? "dropped") : [],
  );
};

const conversations: readonly (readonly [string, Profile, SessionOptions])[] = [
  ["the toy's pressure", toy, { of: "bloodPressure" }],
  ["the toy's stream", toy, { of: "oximetry" }],
  ["the toy's memory", toy, { of: "glucose", sinceMs: 0 }],
  ["the toy's dump", toy, { of: "chemistry" }],
  ["the toy's clock", toy, { task: "setClock" }],
  ["the toy's door", toy, { task: "open", values: { door: 3 } }],
  ["the toy's dispenser", toy, { task: "dispense" }],
  ...registry.map((profile) => [profile.id, profile, {}] as const),
];

describe.each(conversations)("%s, whatever is heard and whenever it is stopped", (_name, profile, options) => {
  test("ends once and in its time, and after that sends nothing", () => {
    fc.assert(
      fc.property(events, (happened) => {
        const lived = live(profile, options, happened);
        const ends = lived.effects.filter((effect) => effect.do === "end");
        expect(ends).toHaveLength(1);
        const after = lived.effects.slice(lived.effects.findIndex((effect) => effect.do === "end") + 1);
        expect(after.filter((effect) => effect.do !== "tell")).toEqual([]);
      }),
      { numRuns: 150, seed: 4 },
    );
  });
  test("ends before its watchdog and its stop are over, however long the device goes on", () => {
    const endless = Array.from({ length: 900 }, (_, i): readonly Event[] => [
      { kind: "frame", index: i % 7, cut: 1 },
      { kind: "pause", ms: 700 },
    ]).flat();
    const { totalMs, stop } = profile.session;
    const lived = live(profile, options, endless);
    expect(lived.endedAtMs).toBeLessThanOrEqual(
      Math.max(totalMs, 60_000) + (stop?.withinMs ?? 0) * (stop?.tries ?? 0) + 700,
    );
  });
});

describe.each(conversations.filter(([, profile, { task }]) => profile.actuates && task === undefined))(
  "%s acts on a person",
  (_name, profile, options) => {
    const stop =
      (options.of === undefined ? undefined : profile.sessionFor?.[options.of])?.stop ?? profile.session.stop;
    test("stop is sent on every way out but a result and the device's own end", () => {
      fc.assert(
        fc.property(events, (happened) => {
          const lived = live(profile, options, happened);
          const end = lived.effects.find((effect) => effect.do === "end");
          const told = lived.effects.flatMap((effect) =>
            effect.do === "tell" && effect.raw.length > 0 && effect.outcome.kind === "fault"
              ? [effect.outcome.code]
              : [],
          );
          const byItself =
            end?.do === "end" && (end.how === "finished" || (end.code !== undefined && told.includes(end.code)));
          if (!byItself) expect(sentNames(profile, lived)).toContain(stop?.send);
        }),
        { numRuns: 150, seed: 5 },
      );
    });
    test("it is started once at the most by the session itself", () => {
      const acting = profile.session.steps.flatMap((step) => ("acts" in step && step.acts === true ? [step.send] : []));
      fc.assert(
        fc.property(events, (happened) => {
          const quiet = { ...profile, session: { ...profile.session, replies: {} } };
          const names = sentNames(profile, live(quiet, options.of === undefined ? {} : options, happened));
          expect(names.filter((name) => acting.includes(name)).length).toBeLessThanOrEqual(1);
        }),
        { numRuns: 150, seed: 6 },
      );
    });
  },
);

test("a door is opened once at the most, and never before its state was read", () => {
  fc.assert(
    fc.property(events, (happened) => {
      const names = sentNames(toy, live(toy, { task: "open", values: { door: 3 } }, happened));
      expect(names.filter((name) => name === "open").length).toBeLessThanOrEqual(1);
      if (names.includes("open")) expect(names.indexOf("askState")).toBeLessThan(names.indexOf("open"));
    }),
    { numRuns: 300, seed: 7 },
  );
});

describe("a profile that could start something unasked is refused", () => {
  type Loose = Record<string, unknown>;
  const changed = (
    change: (
      profile: Loose & { session: Loose & { steps: Loose[] }; tasks: Record<string, Loose & { steps: Loose[] }> },
    ) => void,
  ) => {
    const copy = JSON.parse(JSON.stringify(toy)) as Parameters<typeof change>[0];
    change(copy);
    const checked = checkProfile(copy);
    return checked.ok ? [] : checked.problems.map(({ path, reason }) => `${path}: ${reason}`);
  };
  test("by trying it twice", () => {
    expect(changed(({ session }) => Object.assign(session.steps[1]!, { tries: 2 }))).toEqual([
      "session.steps.1: a frame that acts is sent once",
    ]);
  });
  test("by a step that does not say so", () => {
    expect(
      changed(({ session }) => void session.steps.splice(1, 0, { ...session.steps[1], acts: undefined, tries: 3 })),
    ).toEqual(["session: a frame that acts is sent by a step that says so"]);
  });
  test("by what keeps the line alive", () => {
    expect(changed(({ session }) => Object.assign(session, { keepAlive: { send: "start", everyMs: 100 } }))).toEqual([
      "session: a frame that acts is sent by a step that says so",
    ]);
  });
  test("by its stop", () => {
    expect(changed(({ session }) => Object.assign(session["stop"] as Loose, { send: "start" }))).toEqual([
      "session: a frame that acts is sent by a step that says so",
    ]);
  });
  test("by a task", () => {
    expect(
      changed(({ tasks }) => tasks["open"]!.steps.push({ do: "send", phase: "waiting", send: "start", acts: true })),
    ).toEqual(["tasks.open: what acts on a person is no task"]);
  });
  test("by a task that acts before it has read anything", () => {
    expect(changed(({ tasks }) => void tasks["open"]!.steps.shift())).toEqual([
      "tasks.open.steps.0: a task reads the device's state before it acts",
    ]);
  });
  test("by a session of one kind that has no stop", () => {
    expect(
      changed((profile) => {
        const glucose = (profile["sessionFor"] as Record<string, Loose>)["glucose"]!;
        delete glucose["stop"];
      }),
    ).toEqual(["sessionFor.glucose.stop: a device that acts on a person needs a stop frame"]);
  });
  test("by a device that acts and marks no step", () => {
    const reasons = changed(({ session }) => delete session.steps[1]!["acts"]);
    expect(reasons).toEqual(["session.steps: a device that acts on a person has a step that acts"]);
  });
});

test("what the line itself wants answered is answered while the session runs, and not before or after", () => {
  // The kit's own readers hand such replies up; here the toy's acknowledgement stands for one.
  const session = createSession(toy, { of: "glucose" });
  const record = encode(toy, "record", { index: 4, glucose: 100 } satisfies Values);
  const sends = (effects: readonly Effect[]) =>
    effects.flatMap((effect) => (effect.do === "send" ? [toHex(effect.bytes)] : []));
  expect(sends(session.hear(record, 0))).toEqual([]);
  session.begin(0);
  expect(sends(session.hear(record, 1))).toEqual([toHex(encode(toy, "got", { index: 4 }))]);
  session.stop(2);
  expect(sends(session.hear(record, 3))).toEqual([]);
});
