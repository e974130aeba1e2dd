import type { DiscardReason, Doubt, Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { createBinaryFramer } from "./binary-framer.ts";
import { payloadEnd } from "./encode.ts";
import { fieldCodec } from "./fields.ts";
import { compileFrames } from "./frame-table.ts";
import type { Framer } from "./framer.ts";
import { createLabelFramer, cutLabel, readLabel } from "./label.ts";
import type { Frame, Profile, Rule } from "./schema.ts";
import { rulesOf } from "./rules.ts";
import { isImpossible, isMeasured, textOf, type Value, type Values } from "./value.ts";

/** One frame or one run of dropped bytes, with the exact bytes it was made of. */
export interface Heard {
  /** Name in the profile's table; absent for dropped bytes. */
  readonly frame?: string;
  readonly values: Values;
  /** Usually one; a label that carries two panels gives two, an acknowledgement on the line none. */
  readonly outcomes: readonly Outcome[];
  readonly raw: Uint8Array;
}

export interface DecoderOptions {
  /** `host` (default): hears the device. `device`: hears the host, as a simulator does; its frames have no meaning table. */
  readonly side?: "host" | "device";
}

export interface Decoder {
  /** Never throws. Bytes that are no frame come back as `discarded`, impossible values as `device.outOfRange`. */
  hear(chunk: Uint8Array): readonly Outcome[];
  /** The line fell silent: gives up a half frame and names its bytes. */
  flush(): readonly Outcome[];
  /** As `hear` and `flush`, with names, values and raw bytes. */
  hearFrames(chunk: Uint8Array): readonly Heard[];
  flushFrames(): readonly Heard[];
  /** Bytes of a begun frame that wait for the rest. */
  pending(): number;
  /** The frame that is waited for, where bytes alone fit more than one. */
  prefer(frame: string | undefined): void;
}

const outOfRange = (field: string, raw: string): Outcome => ({
  kind: "fault",
  code: "device.outOfRange",
  detail: `${field}: ${raw}`,
});

const numberOf = (value: Value | undefined): number => (isMeasured(value) ? value.value : Number(value));

function readingsOf(
  rows: readonly (readonly [string, string])[],
  values: Values,
): { readonly readings: readonly Reading[]; readonly notCalculable: boolean; readonly present: boolean } {
  const readings: Reading[] = [];
  let notCalculable = false;
  for (const [quantity, field] of rows) {
    const value = values[field];
    if (isMeasured(value)) readings.push({ quantity, ...value } as Reading);
    else if (typeof value === "object" && value !== null) notCalculable = true;
  }
  return { readings, notCalculable, present: notCalculable || readings.length > 0 };
}

type MeasurementRule = Extract<Rule, { kind: "measurement" }>;

function measurement(rule: MeasurementRule, values: Values, other: Readonly<Record<string, string>>): Outcome {
  for (const [more, less] of rule.greater ?? []) {
    if (numberOf(values[more]) <= numberOf(values[less]))
      return outOfRange(more, `${numberOf(values[more])} is not above ${less} ${numberOf(values[less])}`);
  }
  const { readings, notCalculable } = readingsOf(rule.readings, values);
  if (readings.length === 0) return { kind: "fault", code: "device.unknown", detail: "no number in the result" };
  const doubts: Doubt[] = notCalculable ? ["notCalculable"] : [];
  for (const [doubt, [field, bit]] of Object.entries(rule.doubts ?? {})) {
    const bits = values[field];
    if (typeof bits === "object" && bits !== null && (bits as Readonly<Record<string, unknown>>)[bit] === true)
      doubts.push(doubt as Doubt);
  }
  const deviceTime = rule.deviceTime === undefined ? null : values[rule.deviceTime];
  const notes: Record<string, string> = {};
  for (const [note, field] of Object.entries(rule.notes ?? {})) {
    const value = values[field] ?? null;
    if (value !== null) notes[note] = isMeasured(value) ? String(value.value) : textOf(value);
  }
  Object.assign(notes, other);
  return {
    kind: "measurement",
    of: rule.of,
    readings,
    doubts,
    ...(typeof deviceTime === "string" ? { deviceTime } : {}),
    ...(rule.stored === true ? { stored: true } : {}),
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
}

function outcomesOf(
  rules: readonly Rule[],
  values: Values,
  other: Readonly<Record<string, string>>,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let rest = other;
  for (const rule of rules) {
    switch (rule.kind) {
      case "progress":
        outcomes.push({ kind: "progress", of: rule.of, readings: readingsOf(rule.readings, values).readings });
        break;
      case "measurement":
        // With several rules for one frame, a panel that is not on it says nothing.
        if (rules.length > 1 && !readingsOf(rule.readings, values).present) break;
        outcomes.push(measurement(rule, values, rest));
        rest = {};
        break;
      case "fault": {
        const code = Number(values[rule.by]);
        outcomes.push({ kind: "fault", code: rule.codes[String(code)] ?? rule.otherwise, detail: String(code) });
        break;
      }
      case "information":
        outcomes.push({
          kind: "information",
          about: rule.about,
          values: Object.fromEntries(
            Object.entries(rule.values).map(([name, field]) => [
              name,
              isMeasured(values[field]) ? numberOf(values[field]) : (values[field] as string | number),
            ]),
          ),
        });
        break;
    }
  }
  return outcomes;
}

/** The decoder of a profile: bytes in, outcomes out, in order. Pure; holds a bounded buffer. */
export function decoder(profile: Profile, options: DecoderOptions = {}): Decoder {
  const side = options.side ?? "host";
  const envelope = side === "host" ? profile.envelopes.host : profile.envelopes.device;
  const table = compileFrames(profile, side);
  let heard: Heard[] = [];

  const codecs = table.map(({ frame }) =>
    envelope?.kind === "binary"
      ? Object.entries(frame.fields).map(([name, field]) => ({ name, codec: fieldCodec(field) }))
      : [],
  );
  const rules = table.map(({ name }) => (side === "host" ? rulesOf(profile, name) : []));
  const nothing = {} as const;

  function discard(bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void {
    const raw = new Uint8Array(bytes.subarray(start, end));
    heard.push({ values: nothing, raw, outcomes: [{ kind: "discarded", bytes: raw, reason }] });
  }
  function binaryFrame(index: number, bytes: Uint8Array, start: number, end: number): void {
    const compiled = table[index];
    if (envelope?.kind !== "binary" || compiled === undefined) return;
    const raw = new Uint8Array(bytes.subarray(start, end));
    const freeEnd = start + payloadEnd(envelope, end - start);
    const values: Record<string, Value> = {};
    for (const { name, codec } of codecs[index] ?? []) {
      const value = codec.read(bytes, start, freeEnd);
      if (isImpossible(value)) {
        heard.push({ frame: compiled.name, values, raw, outcomes: [outOfRange(name, value.raw)] });
        return;
      }
      values[name] = value;
    }
    heard.push({ frame: compiled.name, values, raw, outcomes: outcomesOf(rules[index] ?? [], values, nothing) });
  }
  function labelFrame(frame: Frame, name: string, bytes: Uint8Array, start: number, end: number): void {
    if (envelope?.kind !== "label") return;
    const cut = cutLabel(envelope, bytes, start, end);
    const read = cut.is === "whole" ? readLabel(frame.fields, cut.rows) : { ok: false as const };
    if (!read.ok) {
      discard(bytes, start, end, "incomplete");
      return;
    }
    const outcomes =
      read.impossible === undefined
        ? outcomesOf(rules[0] ?? [], read.values, read.other)
        : [outOfRange(read.impossible.field, read.impossible.raw)];
    heard.push({ frame: name, values: read.values, raw: new Uint8Array(bytes.subarray(start, end)), outcomes });
  }

  function createFramer(): Framer | undefined {
    if (envelope === undefined) return undefined;
    if (envelope.kind === "binary") return createBinaryFramer(envelope, table, { frame: binaryFrame, discard });
    const only = table[0];
    if (only === undefined) return undefined;
    return createLabelFramer(envelope, {
      frame: (_index, bytes, start, end) => labelFrame(only.frame, only.name, bytes, start, end),
      discard,
    });
  }
  const framer = createFramer();
  const take = (): readonly Heard[] => {
    const result = heard;
    heard = [];
    return result;
  };
  const hearFrames = (chunk: Uint8Array): readonly Heard[] => {
    framer?.hear(chunk);
    return take();
  };
  const flushFrames = (): readonly Heard[] => {
    framer?.flush();
    return take();
  };
  return {
    hearFrames,
    flushFrames,
    hear: (chunk) => hearFrames(chunk).flatMap((each) => each.outcomes),
    flush: () => flushFrames().flatMap((each) => each.outcomes),
    pending: () => framer?.pending() ?? 0,
    prefer: (frame) => framer?.prefer(frame),
  };
}
