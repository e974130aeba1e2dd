import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks, type Check } from "./checks.ts";
import { DressedCheck, isDressed } from "./dressed-check.ts";
import { fits, type CompiledFrame } from "./frame-table.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope } from "./schema.ts";
import { toldBySize, type ToldByByte } from "./told-by-byte.ts";

/** Small enough for the fastest cache, large enough that moving what is left is rare. */
const minimumCapacity = 8_192;
const byHand = 8;

/** What stands at a place, where it is no believed frame; a believed frame is told by its size. */
const nothing = 0;
const unfinished = -1;
const badTail = -2;
const badCheck = -3;

/** One fixed head, and a size that one byte says or that all frames share. */
function isPlain({ head, length }: BinaryEnvelope, table: readonly CompiledFrame[]): boolean {
  if (head === "") return false;
  if (length !== undefined) return length.size !== 2 && length.mask === undefined;
  return table.every((frame) => frame.minSize === table[0]?.minSize && frame.maxSize === frame.minSize);
}

type Frames = readonly CompiledFrame[];

/** By byte: the frames that may begin with it, in their order. */
function startsOf(head: Uint8Array, table: Frames): readonly Frames[] {
  const starts: Frames[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const bytes = Uint8Array.of(byte);
    const begun: CompiledFrame[] = [];
    for (const frame of table)
      if (head.length > 0 ? head[0] === byte : fits(frame, bytes, 0, 1, frame.minSize)) begun.push(frame);
    starts.push(begun);
  }
  return starts;
}

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
  /** By size, where several frames have it. */
  readonly #told: readonly (ToldByByte | undefined)[];
  /** Beginnings cannot be told by one fixed head and one size: see `#judgeEach`. By byte: who may begin with it. */
  readonly #starts: readonly Frames[] | undefined;
  readonly #table: readonly CompiledFrame[];
  readonly #envelope: BinaryEnvelope;
  /** The check is not just a number of one or two bytes at the end. */
  readonly #dress: DressedCheck | undefined;
  readonly #buffer: Uint8Array;
  readonly #capacity: number;
  #begin = 0;
  #end = 0;
  /** Size of the frame that begins at `begin`, once all of its type bytes are there and fit: they are not looked at again. */
  #awaitedSize = 0;
  /** Place in the table of the frame that was judged last, which is the awaited one if there is one. */
  #index = 0;
  #preferred: string | undefined;
  /** The line fell silent: what is not whole now will not become so. */
  #silent = false;

  constructor(envelope: BinaryEnvelope, table: readonly CompiledFrame[], sink: FrameSink) {
    this.#sink = sink;
    const head = fromHex(envelope.head);
    this.#head = head;
    this.#envelope = envelope;
    this.#table = table;
    this.#starts = isPlain(envelope, table) ? undefined : startsOf(head, table);
    // No byte is -1: every place then goes to `#judgeEach`, and a plain envelope pays nothing for it.
    this.#head0 = this.#starts === undefined ? (head[0] as number) : -1;
    this.#headSize = head.length;
    this.#tail = envelope.tail === undefined ? new Uint8Array(0) : fromHex(envelope.tail);
    this.#tailSize = this.#tail.length;
    const check: Check = checks[envelope.check.kind];
    this.#check = check;
    this.#checkSize = check.size;
    this.#dress = isDressed(envelope) ? new DressedCheck(envelope) : undefined;
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
    this.#told = toldBySize(bySize);
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
    this.#silent = true;
    // Give up the half frame's first byte, then look for good frames behind it.
    while (this.#begin < this.#end) {
      this.#awaitedSize = 0;
      // It may have been whole, and a longer one was waited for.
      const whole = this.#starts !== undefined && this.#judge(this.#buffer, this.#begin, this.#end) > 0;
      this.#begin = this.#search(this.#begin + (whole ? 0 : 1), this.#begin, "incomplete");
    }
    this.#begin = this.#end = 0;
    this.#silent = false;
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
    if (bytes[at] !== this.#head0)
      return this.#starts === undefined
        ? nothing
        : this.#judgeEach(this.#starts[bytes[at] as number] as Frames, bytes, at, available);
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

  /**
   * The same where frames have no common head, a wide length, or sizes that only their type bytes tell. Frames are tried
   * in their order, the one that is waited for first; one that agrees so far is waited for before a later one is
   * believed, so that the answer is the same however the bytes come.
   */
  #judgeEach(begun: Frames, bytes: Uint8Array, at: number, available: number): number {
    if (begun.length === 0) return nothing;
    for (let i = 0; i < this.#headSize; i++) {
      if (i === available) return unfinished;
      if (bytes[at + i] !== this.#head[i]) return nothing;
    }
    const said = this.#saidSize(bytes, at, available);
    if (said === unfinished) return unfinished;
    const preferred = this.#preferred;
    let broken = nothing;
    for (let turn = preferred === undefined ? 1 : 0; turn < 2; turn++) {
      for (let i = 0; i < begun.length; i++) {
        const frame = begun[i] as CompiledFrame;
        if (preferred !== undefined && (frame.name === preferred) !== (turn === 0)) continue;
        const size = said === nothing ? frame.minSize : said;
        if (size < frame.minSize || size > frame.maxSize || !fits(frame, bytes, at, available, size)) continue;
        if (available < size) {
          if (this.#silent) continue;
          return unfinished;
        }
        this.#index = frame.index;
        const verdict = this.#verdict(bytes, at, size);
        if (verdict > 0) return verdict;
        if (broken === nothing) broken = verdict;
      }
    }
    return broken;
  }

  /** The size that the length says, `nothing` where there is none, `unfinished` where it has not come. */
  #saidSize(bytes: Uint8Array, at: number, available: number): number {
    const { length } = this.#envelope;
    if (length === undefined) return nothing;
    const wide = length.size === 2;
    if (length.at + (wide ? 1 : 0) >= available) return unfinished;
    const first = bytes[at + length.at] as number;
    const second = wide ? (bytes[at + length.at + 1] as number) : 0;
    const raw = !wide ? first : length.order === "le" ? first | (second << 8) : (first << 8) | second;
    // A size below 1 is no frame's: it must not be taken for "no length" or "not yet".
    return Math.max(1, (raw & (length.mask ?? 0xffff)) + length.plus);
  }

  /** The size of the frame whose bytes are all there, if its tail and check agree. */
  #verdict(bytes: Uint8Array, at: number, size: number): number {
    if (this.#dress !== undefined) return this.#dressedVerdict(this.#dress, bytes, at, size);
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

  /** The same for a check in digits, with a constant, or with bytes behind it. */
  #dressedVerdict(dress: DressedCheck, bytes: Uint8Array, at: number, size: number): number {
    const checkAt = dress.place(bytes, at + size);
    if (checkAt < 0 || (this.#tailSize > 0 && !this.#hasTail(bytes, checkAt - this.#tailSize))) return badTail;
    if (dress.size === 0) return size;
    const sum = this.#check.extend(this.#sumStart, bytes, at + this.#sumFrom, checkAt);
    return dress.agrees(bytes, checkAt, sum, this.#table[this.#index]?.name ?? "") ? size : badCheck;
  }

  #match(bytes: Uint8Array, at: number, available: number, size: number): CompiledFrame | undefined {
    let candidates = this.#bySize[size] as readonly CompiledFrame[];
    const told = this.#told[size];
    if (told !== undefined && told.at < available)
      candidates = told.left[bytes[at + told.at] as number] as readonly CompiledFrame[];
    if (candidates.length !== 1) return this.#choose(candidates, bytes, at, available, size);
    const only = candidates[0] as CompiledFrame;
    // Beside `fits` rather than in it: most frames are told by one byte, and this way the engine makes no call for it.
    const { onlyAt } = only;
    if (onlyAt < available) return ((bytes[at + onlyAt] as number) & only.onlyMask) === only.onlyIs ? only : undefined;
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
