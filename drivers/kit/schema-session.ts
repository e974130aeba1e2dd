import { z } from "zod";
import { at, byte, faultCode, kind, ms, name, quantity } from "./schema-parts.ts";
import { place, when } from "./schema-meaning.ts";

/** What is said to a device and waited for. */

export const phase = z.enum(["contacting", "waiting", "measuring", "reading"]);
const tries = z.int().min(1).max(10);

/** The parts of the station's wall time, for devices that want them one by one. `weekday`: 0 is Sunday. */
export const clockParts = [
  "year",
  "century",
  "yearOfCentury",
  "month",
  "day",
  "hour",
  "minute",
  "second",
  "weekday",
] as const;
/** A literal; what whoever started the task handed in; the station's wall time when it is sent, whole or a part. */
const given = z.union([
  z.number(),
  z.string(),
  z.strictObject({ from: name }),
  z.strictObject({ clock: z.union([z.literal(true), z.enum(clockParts)]) }),
]);
/** Besides: a field of the frame that is answered. */
const replied = z.union([given, z.strictObject({ heard: name })]);
/** A frame, or a frame that says this. */
const awaited = z.union([name, z.strictObject({ frame: name, when })]);

const saying = { send: name, values: z.record(name, given).optional() };
/** It sets something going (inflates, opens, dispenses): sent once, never again without the device's state having been read. */
const acts = z.literal(true).optional();

export const step = z.discriminatedUnion("do", [
  /**
   * Sends, and waits for one of `expect`. A measurement or a fault that comes instead ends the session just as well.
   * `after`: the device is master of the line; the frame is sent in answer to the next of these, within `withinMs`.
   * `done`: nothing is left to do, the task is over.
   */
  z.strictObject({
    do: z.literal("ask"),
    phase,
    ...saying,
    acts,
    after: name.optional(),
    expect: z.array(awaited).min(1),
    done: z.array(awaited).min(1).optional(),
    withinMs: ms,
    tries,
  }),
  /** Sends what nobody answers, and lets the device be for a while. */
  z.strictObject({ do: z.literal("send"), phase, ...saying, acts, pauseMs: ms.optional() }),
  /**
   * Sends, one after the other, the frames that whoever started the task handed in (a printer's job); no other than
   * `frames`. `pauseMs`: behind each of them.
   */
  z.strictObject({ do: z.literal("job"), phase, frames: z.array(name).min(1), pauseMs: ms }),
  /**
   * Sends again and again until one of `until`. Nothing understood for `silenceMs`: silent. Not there after `withinMs`:
   * `late`, or too long.
   */
  z.strictObject({
    do: z.literal("poll"),
    phase,
    ...saying,
    everyMs: ms,
    until: z.array(awaited).min(1),
    done: z.array(awaited).min(1).optional(),
    silenceMs: ms,
    withinMs: ms,
    late: faultCode.optional(),
  }),
  /**
   * Waits for a result. `firstMs`: how long until the first sign; `partial`: the fault when a begun frame falls silent.
   * `again`: a result that came broken is asked for with this, before it is given up.
   */
  z.strictObject({
    do: z.literal("listen"),
    again: z.strictObject({ send: name, withinMs: ms, tries }).optional(),
    phase,
    firstMs: ms,
    silenceMs: ms.max(10_000),
    partial: faultCode.optional(),
  }),
  /**
   * Asks for record `first` (0), the next, the next … until `none` comes, a record is too old, `most` were read or as
   * many as the device said (`count`). `also`: asked first for the same index; its fields are carried into the record.
   * `expect`: several where each kind of record is a frame of its own.
   */
  z.strictObject({
    do: z.literal("readout"),
    phase,
    ...saying,
    index: name,
    first: z.int().min(0).max(1000).optional(),
    also: z.strictObject({ ...saying, index: name, expect: name }).optional(),
    expect: z.union([name, z.array(name).min(1)]),
    none: name.optional(),
    count: place.optional(),
    most: z.int().min(1).max(1000),
    withinMs: ms,
    tries,
  }),
  /**
   * One command, one header with a count, then so many records. Told only when all came, otherwise it is
   * `device.resultIncomplete`. `withinMs`: to the header, and from one record to the next.
   */
  z.strictObject({
    do: z.literal("dump"),
    phase,
    ...saying,
    header: name,
    count: name,
    record: name,
    most: z.int().min(1).max(10_000),
    withinMs: ms,
    tries,
  }),
  /**
   * Asks for a result, and asks again: it is told, once and with the bytes of both answers, only when two answers are the
   * same, byte for byte apart from the fields `apartFrom` (a counter). Of three that all differ none is true:
   * `device.garbled`. Heard otherwise, the frame says nothing.
   */
  z.strictObject({
    do: z.literal("twice"),
    phase,
    ...saying,
    expect: name,
    apartFrom: z.array(name).min(1).optional(),
    withinMs: ms,
    tries,
  }),
  /**
   * A result out of a stream: the readings that the `progress` rule of `frame` gives must all be there and stay within
   * `within` (largest less smallest, in the unit they come in) for `spanMs`, or for `count` frames. One measurement is
   * told, with the bytes of all its frames. A frame without them, with less than `least` or with a fault begins again.
   * Not steady after `withinMs`: the last fault of the stream, or `unsettled`, or too long.
   * `quiet`: no stream but a result that the device says again and again. Nobody is told its frames one by one, here or
   * in another session, and a fault said `count` times in a row is the end.
   */
  z.strictObject({
    do: z.literal("settle"),
    phase,
    frame: name,
    of: kind,
    within: z.partialRecord(quantity, z.number().min(0)),
    least: z.partialRecord(quantity, z.number()).optional(),
    spanMs: ms.optional(),
    count: z.int().min(2).max(1000).optional(),
    take: z.enum(["median", "last"]),
    firstMs: ms,
    silenceMs: ms.max(10_000),
    withinMs: ms,
    unsettled: faultCode.optional(),
    quiet: z.literal(true).optional(),
  }),
]);

export const session = z.strictObject({
  steps: z.array(step).min(1),
  /** Sent on every way out but a result; with `always` after a result too. */
  stop: z
    .strictObject({ send: name, expect: z.array(name), withinMs: ms, tries, always: z.literal(true).optional() })
    .optional(),
  /**
   * By frame of the device: what it is answered with at once, while the session runs. A frame that acts is sent as an
   * answer only during the step that asks for the same.
   */
  replies: z.record(name, z.strictObject({ send: name, values: z.record(name, replied).optional() })).optional(),
  /** Said all the while, so that the device does not take us for gone. */
  keepAlive: z.strictObject({ ...saying, everyMs: ms }).optional(),
  /** Watchdog over the whole session. */
  totalMs: ms,
  /** A pause inside a frame after which the half frame is given up. */
  gapMs: ms,
});

/** Acts that are no measurement. */
export const taskNames = ["setClock", "open", "dispense", "status", "print", "readCard", "trigger"] as const;
export const sessionFor = z.partialRecord(kind, session);
export const tasks = z.partialRecord(z.enum(taskNames), session);

/** Stop-and-wait line control in one byte: sequence bits, an acknowledgement for every packet, a reset. */
export const link = z.strictObject({
  kind: z.literal("sequenced"),
  at,
  bits: z.strictObject({ sequence: byte, expected: byte, ack: byte, reset: byte, more: byte }),
  /** Names of the frames without payload, to the device and to the host. */
  reset: z.tuple([name, name]),
  ack: z.tuple([name, name]),
  withinMs: ms,
  tries,
});
