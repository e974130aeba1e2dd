import type { Outcome } from "../../core/domain/outcome.ts";
import { createReader } from "./envelopes.ts";
import { compileFrames } from "./frame-table.ts";
import { carriersOf, outcomesOf, outOfRange } from "./meaning.ts";
import type { Profile } from "./schema.ts";
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

/** The decoder of a profile: bytes in, outcomes out, in order. Pure; holds a bounded buffer. */
export function decoder(profile: Profile, options: DecoderOptions = {}): Decoder {
  const side = options.side ?? "host";
  const table = compileFrames(profile, side);
  const names = table.map(({ name }) => name);
  const rules = names.map((name) => (side === "host" ? rulesOf(profile, name) : []));
  const carriers = rules.map(carriersOf);
  const carried = new Set(carriers.flat());
  const nothing = {} as const;
  let heard: Heard[] = [];
  /** What frames that others refer to said last, until it is used. */
  const kept = new Map<string, { readonly values: Values; readonly raw: Uint8Array }>();

  /** The frame's own values and what is carried into it, which is used up by that. */
  function withCarried(index: number, values: Values): { readonly values: Values; readonly behind?: Uint8Array } {
    const wanted = (carriers[index] ?? []).filter((name) => kept.has(name));
    if (wanted.length === 0) return { values };
    const all: Record<string, Value> = { ...values };
    const behind: number[] = [];
    for (const name of wanted) {
      const from = kept.get(name);
      kept.delete(name);
      for (const [field, value] of Object.entries(from?.values ?? {})) all[`${name}/${field}`] = value;
      behind.push(...(from?.raw ?? []));
    }
    return { values: all, behind: Uint8Array.from(behind) };
  }

  const reader = createReader(profile, side, table, {
    frame(index, values, raw, notes = nothing, own = raw) {
      const name = names[index] as string;
      const last = heard.at(-1);
      if (last?.frame !== undefined && last.raw === raw) {
        // The same bytes say more (a message with several results): they are heard as one.
        const more = outcomesOf(rules[index] ?? [], values, notes);
        const parts = new Map([...(last.own ?? []), ...more.map((each) => [each, own] as const)]);
        heard[heard.length - 1] = { ...last, outcomes: [...last.outcomes, ...more], own: parts };
        return;
      }
      if (carried.size === 0) {
        const outcomes = outcomesOf(rules[index] ?? [], values, notes);
        const parts = own === raw ? undefined : new Map(outcomes.map((each) => [each, own]));
        heard.push({ frame: name, values, raw, outcomes, ...(parts === undefined ? {} : { own: parts }) });
        return;
      }
      const { values: all, behind } = withCarried(index, values);
      const outcomes = outcomesOf(rules[index] ?? [], all, notes);
      if (carried.has(name)) kept.set(name, { values, raw });
      heard.push({ frame: name, values, raw, outcomes, ...(behind === undefined ? {} : { behind }) });
    },
    impossible(index, field, found, values, raw) {
      kept.clear();
      const last = heard.at(-1);
      const outcome = outOfRange(field, found);
      if (last?.frame !== undefined && last.raw === raw)
        heard[heard.length - 1] = { ...last, outcomes: [...last.outcomes, outcome] };
      else heard.push({ frame: names[index] as string, values, raw, outcomes: [outcome] });
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
