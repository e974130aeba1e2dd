import type { Outcome } from "../../core/domain/outcome.ts";
import { createReader } from "./envelopes.ts";
import { compileFrames } from "./frame-table.ts";
import { outcomesOf, outOfRange } from "./meaning.ts";
import type { Profile } from "./schema.ts";
import { rulesOf } from "./rules.ts";
import type { Values } from "./value.ts";

/** One frame or one run of dropped bytes, with the exact bytes it was made of. */
export interface Heard {
  /** Name in the profile's table; absent for dropped bytes. */
  readonly frame?: string;
  readonly values: Values;
  /** Usually one; a label that carries two panels gives two, an acknowledgement on the line none. */
  readonly outcomes: readonly Outcome[];
  readonly raw: Uint8Array;
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
}

/** The decoder of a profile: bytes in, outcomes out, in order. Pure; holds a bounded buffer. */
export function decoder(profile: Profile, options: DecoderOptions = {}): Decoder {
  const side = options.side ?? "host";
  const table = compileFrames(profile, side);
  const names = table.map(({ name }) => name);
  const rules = names.map((name) => (side === "host" ? rulesOf(profile, name) : []));
  const nothing = {} as const;
  let heard: Heard[] = [];

  const reader = createReader(profile, side, table, {
    frame(index, values, raw, notes = nothing) {
      const outcomes = outcomesOf(rules[index] ?? [], values, notes);
      heard.push({ frame: names[index] as string, values, raw, outcomes });
    },
    impossible(index, field, found, values, raw) {
      heard.push({ frame: names[index] as string, values, raw, outcomes: [outOfRange(field, found)] });
    },
    discard(raw, reason) {
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
  };
}
