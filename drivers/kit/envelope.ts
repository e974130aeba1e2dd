import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { CompiledFrame } from "./frame-table.ts";
import type { Framer } from "./framer.ts";
import type { Envelope, Field, Frame, Profile } from "./schema.ts";
import type { Speaker } from "./speaker.ts";
import type { Values } from "./value.ts";

/** What a reader makes of bytes. `raw` belongs to the receiver. `index` is the frame's place in the table of its side. */
export interface ReaderSink {
  /**
   * A believed frame, every field read. `notes`: free facts of this kind of envelope that no field names. `own`: of a
   * message that holds several results, the bytes that this one needs; it may be somebody else's than the next.
   */
  frame(
    index: number,
    values: Values,
    raw: Uint8Array,
    notes?: Readonly<Record<string, string>>,
    own?: Uint8Array,
  ): void;
  /** A believed frame with a value that cannot be. `values` holds the fields before it. */
  impossible(index: number, field: string, found: string, values: Values, raw: Uint8Array): void;
  discard(raw: Uint8Array, reason: DiscardReason): void;
  /** The line itself wants this answered at once. */
  reply(bytes: Uint8Array): void;
}

export interface ReaderParts<E extends Envelope> {
  readonly profile: Profile;
  readonly side: "host" | "device";
  readonly envelope: E;
  readonly table: readonly CompiledFrame[];
  readonly sink: ReaderSink;
}

/** Line-control bits that a link adds to a frame. */
export interface Control {
  readonly at: number;
  readonly bits: number;
}

export type Say = (path: string, reason: string) => void;

/**
 * One way in which bytes become frames and frames become bytes. Each is a file of the kit; `envelopes.ts` lists them.
 * A reader never throws, holds a bounded buffer and names every byte that it drops.
 */
export interface EnvelopeKind<E extends Envelope> {
  /** The types of the fields that stand in its frames. */
  readonly fields: readonly Field["type"][];
  reader(parts: ReaderParts<E>): Framer;
  /** Throws when a value does not fit its field: profiles are checked when they are loaded, so that is a bug. */
  encode(profile: Profile, envelope: E, frame: Frame, values: Values, control?: Control): Uint8Array;
  /** What only this kind can say about a frame of the table. Its fields are known to be of its types. */
  check(profile: Profile, envelope: E, name: string, frame: Frame, say: Say): void;
  /** Can a frame to the device take these bytes at this offset? */
  canForm(profile: Profile, envelope: E, frame: Frame, pattern: { readonly at: number; readonly is: string }): boolean;
  /**
   * The simulated device's end of a line on which what it sends waits for answers. Absent: it is sent as
   * it is. `bends`: this piece (from 1) has a wrong bit the first time.
   */
  speaker?(envelope: E, bends: number | undefined): Speaker | undefined;
}
