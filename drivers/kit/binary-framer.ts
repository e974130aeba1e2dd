import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks, type Check } from "./checks.ts";
import { fits, type CompiledFrame } from "./frame-table.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope } from "./schema.ts";

/** Small enough for the fastest cache, large enough that moving what is left is rare. */
const minimumCapacity = 8_192;
const byHand = 8;

/** What stands at a place, where it is no believed frame; a believed frame is told by its size. */
const nothing = 0;
const unfinished = -1;
const badTail = -2;
const badCheck = -3;

/** A class rather than a closure: its fields cost half as much to reach, and everything here runs per frame. */
class BinaryFramer implements Framer {
  readonly #sink: FrameSink;
  readonly #head: Uint8Array;
  readonly #head0: number;
  readonly #headSize: number;
  readonly #tail: Uint8Array;
  readonly #tailSize: number;
  readonly #check: Check;
  readonly #checkSize: number;
  readonly #sumFrom: number;
  readonly #sumStart: number;
  readonly #lowAt: number;
  readonly #highAt: number;
  readonly #lengthAt: number;
  readonly #plus: number;
  readonly #largest: number;
  readonly #sizeMask: number;
  readonly #bySize: readonly (readonly CompiledFrame[])[];
  readonly #buffer: Uint8Array;
  readonly #capacity: number;
  #begin = 0;
  #end = 0;
  /** Size of the frame that begins at `begin`, once all of its type bytes are there and fit: they are not looked at again. */
  #awaitedSize = 0;
  /** Place in the table of the frame that was judged last, which is the awaited one if there is one. */
  #index = 0;
  #preferred: string | undefined;

  constructor(envelope: BinaryEnvelope, table: readonly CompiledFrame[], sink: FrameSink) {
    this.#sink = sink;
    const head = fromHex(envelope.head);
    this.#head = head;
    this.#head0 = head[0] as number;
    this.#headSize = head.length;
    this.#tail = envelope.tail === undefined ? new Uint8Array(0) : fromHex(envelope.tail);
    this.#tailSize = this.#tail.length;
    const check: Check = checks[envelope.check.kind];
    this.#check = check;
    this.#checkSize = check.size;
    this.#lowAt = envelope.check.order === "le" ? 0 : 1;
    this.#highAt = 1 - this.#lowAt;
    this.#lengthAt = envelope.length?.at ?? -1;
    this.#plus = envelope.length?.plus ?? 0;
    const largest = Math.max(1, ...table.map((frame) => frame.maxSize));
    const smallest = Math.min(largest, ...table.map((frame) => frame.minSize));
    this.#largest = largest;
    // The head is compared byte by byte: what it gives to the check is the same in every frame.
    const { from } = envelope.check;
    const headCounted = from < head.length && head.length <= smallest - check.size;
    this.#sumFrom = headCounted ? head.length : from;
    this.#sumStart = headCounted ? check.extend(check.start, head, from, head.length) : check.start;
    // The mask keeps a wild length byte inside the array, and the arithmetic in integers.
    this.#sizeMask = 2 ** Math.ceil(Math.log2(largest + 512)) - 1;
    // Pushed, not filtered: lists made in two ways have two shapes inside the engine, which then compiles for neither.
    const bySize = Array.from({ length: this.#sizeMask + 1 }, (): CompiledFrame[] => []);
    for (const frame of table) for (let size = frame.minSize; size <= frame.maxSize; size++) bySize[size]?.push(frame);
    this.#bySize = bySize;
    this.#capacity = Math.max(minimumCapacity, 8 * largest);
    this.#buffer = new Uint8Array(this.#capacity);
  }

  hear(chunk: Uint8Array): void {
    const { length } = chunk;
    if (length === 0) return;
    if (length > this.#capacity - this.#end) {
      this.#hearInPieces(chunk);
      return;
    }
    this.#append(chunk, 0, length);
    if (this.#end - this.#begin >= this.#awaitedSize) this.#advance();
  }

  flush(): void {
    // Give up the half frame's first byte, then look for good frames behind it.
    while (this.#begin < this.#end) {
      this.#awaitedSize = 0;
      this.#begin = this.#search(this.#begin + 1, this.#begin, "incomplete");
    }
    this.#begin = this.#end = 0;
  }

  pending(): number {
    return this.#end - this.#begin;
  }

  prefer(name: string | undefined): void {
    this.#preferred = name;
    this.#awaitedSize = 0;
  }

  /** The end of the buffer, or a chunk larger than it. A scan leaves less than one frame behind. */
  #hearInPieces(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length;) {
      this.#buffer.copyWithin(0, this.#begin, this.#end);
      this.#end -= this.#begin;
      this.#begin = 0;
      const count = Math.min(chunk.length - from, this.#capacity - this.#end);
      this.#append(chunk, from, count);
      from += count;
      if (this.#end - this.#begin >= this.#awaitedSize) this.#advance();
    }
  }

  #append(chunk: Uint8Array, from: number, count: number): void {
    const buffer = this.#buffer;
    const end = this.#end;
    // A call into the engine's copy costs more than a few bytes by hand.
    if (count > byHand) buffer.set(count === chunk.length ? chunk : chunk.subarray(from, from + count), end);
    else for (let i = 0; i < count; i++) buffer[end + i] = chunk[from + i] as number;
    this.#end = end + count;
  }

  /** Goes from frame to frame while there is nothing but frames, which is the rule. */
  #advance(): void {
    const bytes = this.#buffer;
    const sink = this.#sink;
    const end = this.#end;
    let at = this.#begin;
    let size = this.#awaitedSize;
    this.#awaitedSize = 0;
    size = size > 0 ? this.#verdict(bytes, at, size) : this.#judge(bytes, at, end);
    while (size > 0) {
      at += size;
      sink.frame(this.#index, bytes, at - size, at);
      size = at < end ? this.#judge(bytes, at, end) : unfinished;
    }
    if (size !== unfinished) at = this.#search(at, at, "noise");
    if (at === end) this.#begin = this.#end = 0;
    else this.#begin = at;
  }

  /**
   * Looks for frames from `from` on, one byte at a time, and answers where it stopped: at the end, or at a frame whose
   * end has not come. What was dropped before `from` begins at `dropped`.
   */
  #search(from: number, dropped: number, why: DiscardReason): number {
    const bytes = this.#buffer;
    const end = this.#end;
    let at = from;
    let runStart = dropped;
    let runReason = why;
    while (at < end) {
      const size = this.#judge(bytes, at, end);
      if (size === unfinished) break;
      if (size === nothing) {
        at++;
        continue;
      }
      if (runStart < at) this.#sink.discard(bytes, runStart, at, runReason);
      runStart = at;
      if (size > 0) {
        at += size;
        runStart = at;
        runReason = "noise";
        this.#sink.frame(this.#index, bytes, at - size, at);
      } else {
        // A broken frame starts a run of its own; what is dropped after it belongs to it. One byte, then look again.
        runReason = size === badTail ? "length" : "checksum";
        at++;
      }
    }
    if (runStart < at) this.#sink.discard(bytes, runStart, at, runReason);
    return at;
  }

  /** The size of the frame that stands whole and believed at `at`, or why there is none. Leaves its place in `#index`. */
  #judge(bytes: Uint8Array, at: number, end: number): number {
    const available = end - at;
    if (bytes[at] !== this.#head0) return nothing;
    const headSize = this.#headSize;
    for (let i = 1; i < headSize; i++) {
      if (i === available) return unfinished;
      if (bytes[at + i] !== this.#head[i]) return nothing;
    }
    const lengthAt = this.#lengthAt;
    if (lengthAt >= available) return unfinished;
    const size = lengthAt < 0 ? this.#largest : ((bytes[at + lengthAt] as number) + this.#plus) & this.#sizeMask;
    const frame = this.#match(bytes, at, available, size);
    if (frame === undefined) return nothing;
    this.#index = frame.index;
    if (available >= size) return this.#verdict(bytes, at, size);
    this.#awaitedSize = available > frame.lastTest ? size : 0;
    return unfinished;
  }

  /** The size of the frame whose bytes are all there, if its tail and check agree. */
  #verdict(bytes: Uint8Array, at: number, size: number): number {
    const checkSize = this.#checkSize;
    const checkAt = at + size - checkSize;
    if (this.#tailSize > 0 && !this.#hasTail(bytes, checkAt - this.#tailSize)) return badTail;
    if (checkSize === 0) return size;
    const found =
      checkSize === 1
        ? bytes[checkAt]
        : (bytes[checkAt + this.#lowAt] as number) | ((bytes[checkAt + this.#highAt] as number) << 8);
    return this.#check.extend(this.#sumStart, bytes, at + this.#sumFrom, checkAt) === found ? size : badCheck;
  }

  #match(bytes: Uint8Array, at: number, available: number, size: number): CompiledFrame | undefined {
    const candidates = this.#bySize[size] as readonly CompiledFrame[];
    if (candidates.length !== 1) return this.#choose(candidates, bytes, at, available, size);
    const only = candidates[0] as CompiledFrame;
    return fits(only, bytes, at, available, size) ? only : undefined;
  }

  #choose(
    candidates: readonly CompiledFrame[],
    bytes: Uint8Array,
    at: number,
    available: number,
    size: number,
  ): CompiledFrame | undefined {
    const preferred = this.#preferred;
    let first: CompiledFrame | undefined;
    for (let i = 0; i < candidates.length; i++) {
      const candidate = candidates[i] as CompiledFrame;
      if (!fits(candidate, bytes, at, available, size)) continue;
      if (preferred === undefined || candidate.name === preferred) return candidate;
      first ??= candidate;
    }
    return first;
  }

  #hasTail(bytes: Uint8Array, from: number): boolean {
    for (let i = 0; i < this.#tailSize; i++) if (bytes[from + i] !== this.#tail[i]) return false;
    return true;
  }
}

/**
 * A frame is believed when head, size, type bytes, tail and check all agree with the table. A length byte alone decides
 * nothing: a size that no frame of the table has, or whose type bytes do not fit, is dropped before its end is awaited.
 *
 * One buffer for life, indices instead of slices, no call per byte.
 */
export function createBinaryFramer(envelope: BinaryEnvelope, table: readonly CompiledFrame[], sink: FrameSink): Framer {
  return new BinaryFramer(envelope, table, sink);
}
