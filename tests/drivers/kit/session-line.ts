import {
  createSession,
  decoder,
  encode,
  type Effect,
  type Profile,
  type Session,
  type SessionOptions,
  type Values,
} from "../../../drivers/kit/index.ts";
import type { Step, StepOf } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

/** Sessions of the toy device, and what they do as words: `send hello`, `tell control (9)`, `wake 210`, `end finished`. */
type Conversation = Profile["session"];
export const hello: StepOf<"ask"> = {
  do: "ask",
  phase: "contacting",
  send: "hello",
  expect: ["hi"],
  withinMs: 200,
  tries: 2,
};
export const listen: StepOf<"listen"> = { do: "listen", phase: "measuring", firstMs: 3_000, silenceMs: 1_000 };
export const stop = { send: "stop", expect: ["stopped"], withinMs: 200, tries: 3 };
export function profileOf(
  steps: readonly Step[],
  more: Partial<Conversation> = {},
  profile: Partial<Profile> = {},
): Profile {
  const { sessionFor: _, ...rest } = toy;
  return { ...rest, ...profile, session: { steps, totalMs: 60_000, gapMs: 100, ...more } };
}
export const frame = (name: string, values: Values = {}): Uint8Array => encode(toy, name, values);
export const noise = (size: number): Uint8Array => new Uint8Array(size).fill(0x11);
export const normal = { control: false, irregular: false, average: false };
export const pressures = (more: Values = {}): Uint8Array =>
  frame("pressures", { status: normal, error: 0, systolic: 124, diastolic: 81, spread: 3, ...more });
export const record = (index: number): Uint8Array => frame("record", { index, glucose: 104 });
export const time = (taken = "2026-11-22T08:00:00"): Uint8Array => frame("time", { taken });

function said(effect: Effect): string {
  switch (effect.do) {
    case "send":
      return `send ${decoder(toy, { side: "device" })
        .hearFrames(effect.bytes)
        .map((heard) => heard.frame ?? "?")
        .join("+")}`;
    case "tell": {
      const { outcome } = effect;
      if (outcome.kind === "fault") return `tell ${outcome.code}`;
      return `tell ${outcome.kind === "information" ? outcome.about : outcome.kind} (${effect.raw.length})`;
    }
    case "wake":
      return `wake ${effect.atMs}`;
    case "phase":
      return `phase ${effect.phase}`;
    case "end":
      return ["end", effect.how, ...(effect.code === undefined ? [] : [effect.code])].join(" ");
  }
}
export interface Line {
  readonly session: Session;
  readonly begin: (nowMs?: number) => readonly string[];
  readonly hear: (bytes: Uint8Array, nowMs: number) => readonly string[];
  readonly wake: (nowMs: number) => readonly string[];
  readonly stop: (nowMs: number) => readonly string[];
}
export function lineOf(profile: Profile, options: SessionOptions = {}): Line {
  const session = createSession(profile, options);
  return {
    session,
    begin: (nowMs = 0) => session.begin(nowMs).map(said),
    hear: (bytes, nowMs) => session.hear(bytes, nowMs).map(said),
    wake: (nowMs) => session.wake(nowMs).map(said),
    stop: (nowMs) => session.stop(nowMs).map(said),
  };
}
/** A line whose session has begun at 0. */
export function begun(steps: readonly Step[], more: Partial<Conversation> = {}, options: SessionOptions = {}): Line {
  const line = lineOf(profileOf(steps, more), options);
  line.begin();
  return line;
}

/** Three records by their index, each with the question for its time beside it where `also` is asked for. */
export const also = { send: "askTime", index: "index", expect: "time" } as const;
export const readout: StepOf<"readout"> = {
  do: "readout",
  phase: "reading",
  send: "askRecord",
  index: "index",
  expect: "record",
  most: 3,
  withinMs: 500,
  tries: 2,
};
/** Two records, told at once. */
export const dump: StepOf<"dump"> = {
  do: "dump",
  phase: "reading",
  send: "askAll",
  header: "count",
  count: "records",
  record: "assay",
  most: 2,
  withinMs: 500,
  tries: 2,
};
