import type { Outcome } from "../../core/domain/outcome.ts";
import { createReader } from "./envelopes.ts";
import { compileFrames } from "./frame-table.ts";
import { carriersOf, outcomesOf, outOfRange } from "./meaning.ts";
import type { Profile, Rule } from "./schema.ts";
import { rulesOf } from "./rules.ts";
import type { Value, Values } from "./value.ts";

/** One frame or one run of dropped bytes, with the exact bytes it was made of. */
export interface Heard {
  /** Name in the profile's table; absent for dropped bytes. */
  readonly frame?: string;
  readonly values: Values;
  /** Usually one; a label that carries two panels gives two, an acknowledgement on the line none. */
  readonly outcomes: readonly Outcome[];
  readonly raw: Uint8Array;
  /** Where one message holds several results: the bytes of each, without the others'. */
  readonly own?: ReadonlyMap<Outcome, Uint8Array>;
  /** The bytes of the frames before it whose fields were carried into it. */
  readonly behind?: Uint8Array;
  /** What the line itself wants answered at once, whoever is listening (an acknowledgement of the link). */
  readonly reply?: Uint8Array;
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
  /** Something new is asked: what earlier frames said is carried into no later one. */
  forget(): void;
}

interface Entry {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Frames whose fields are carried into this one. */
  readonly carriers: readonly string[];
}

/** The decoder of a profile: bytes in, outcomes out, in order. Pure; holds a bounded buffer. */
export function decoder(profile: Profile, options: DecoderOptions = {}): Decoder {
  const side = options.side ?? "host";
  const table = compileFrames(profile, side);
  const entries = table.map(({ name }): Entry => {
    const rules = rulesOf(profile, name);
    return { name, rules, carriers: carriersOf(rules) };
  });
  const carried = new Set(entries.flatMap(({ carriers }) => carriers));
  const nothing = {} as const;
  let heard: Heard[] = [];
  /** What frames that others refer to said last, until it is used. */
  const kept = new Map<string, { readonly values: Values; readonly raw: Uint8Array }>();

  /** The reader names no frame but those of the table it was given. */
  const entryAt = (index: number): Entry => entries[index] as Entry;
  /** The frame's own values and what is carried into it, which is used up by that. */
  function withCarried({ carriers }: Entry, values: Values): { readonly values: Values; readonly behind?: Uint8Array } {
    if (kept.size === 0) return { values };
    const all: Record<string, Value> = { ...values };
    const behind: number[] = [];
    for (const name of carriers) {
      const from = kept.get(name);
      if (from === undefined) continue;
      kept.delete(name);
      for (const [field, value] of Object.entries(from.values)) all[`${name}/${field}`] = value;
      behind.push(...from.raw);
    }
    return behind.length === 0 ? { values } : { values: all, behind: Uint8Array.from(behind) };
  }
  /** The same bytes say more (a message with several results): they are heard as one. */
  function sameAs(raw: Uint8Array): Heard | undefined {
    const last = heard.at(-1);
    return last?.frame !== undefined && last.raw === raw ? last : undefined;
  }

  const reader = createReader(profile, side, table, {
    frame(index, values, raw, notes = nothing, own = raw) {
      const entry = entryAt(index);
      const { name, rules } = entry;
      const last = sameAs(raw);
      if (last !== undefined) {
        const more = outcomesOf(rules, values, notes);
        const parts = new Map([...(last.own ?? []), ...more.map((each) => [each, own] as const)]);
        heard[heard.length - 1] = { ...last, outcomes: [...last.outcomes, ...more], own: parts };
        return;
      }
      const { values: all, behind } = withCarried(entry, values);
      const outcomes = outcomesOf(rules, all, notes);
      if (carried.has(name)) kept.set(name, { values, raw });
      const told: Heard = { frame: name, values, raw, outcomes };
      if (own === raw && behind === undefined) heard.push(told);
      else {
        const parts = own === raw ? {} : { own: new Map(outcomes.map((each) => [each, own])) };
        heard.push({ ...told, ...parts, ...(behind === undefined ? {} : { behind }) });
      }
    },
    impossible(index, field, found, values, raw) {
      kept.clear();
      const last = sameAs(raw);
      const outcome = outOfRange(field, found);
      if (last !== undefined) heard[heard.length - 1] = { ...last, outcomes: [...last.outcomes, outcome] };
      else heard.push({ frame: entryAt(index).name, values, raw, outcomes: [outcome] });
    },
    // The broken one may be what should have been carried: nothing older takes its place.
    discard(raw, reason) {
      kept.clear();
      heard.push({ values: nothing, raw, outcomes: [{ kind: "discarded", bytes: raw, reason }] });
    },
    reply(bytes) {
      heard.push({ values: nothing, raw: new Uint8Array(0), outcomes: [], reply: bytes });
    },
  });
  const take = (): readonly Heard[] => {
    const result = heard;
    heard = [];
    return result;
  };
  const hearFrames = (chunk: Uint8Array): readonly Heard[] => {
    reader?.hear(chunk);
    return take();
  };
  const flushFrames = (): readonly Heard[] => {
    reader?.flush();
    return take();
  };
  return {
    hearFrames,
    flushFrames,
    hear: (chunk) => hearFrames(chunk).flatMap((each) => each.outcomes),
    flush: () => flushFrames().flatMap((each) => each.outcomes),
    pending: () => reader?.pending() ?? 0,
    prefer: (frame) => reader?.prefer(frame),
    forget: () => kept.clear(),
  };
}
