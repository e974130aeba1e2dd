import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks } from "./checks.ts";
import { fits, type CompiledFrame } from "./frame-table.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope } from "./schema.ts";

/** Small enough for the fastest cache, large enough that moving what is left is rare. */
const minimumCapacity = 8_192;
const byHand = 8;

/**
 * A frame is believed when head, size, type bytes, tail and check all agree with the table. A length byte alone decides
 * nothing: a size that no frame of the table has, or whose type bytes do not fit, is dropped before its end is awaited.
 *
 * One buffer for life, indices instead of slices, no call per byte.
 */
export function createBinaryFramer(envelope: BinaryEnvelope, table: readonly CompiledFrame[], sink: FrameSink): Framer {
  const head = fromHex(envelope.head);
  const headSize = head.length;
  const head0 = head[0] as number;
  const tail = envelope.tail === undefined ? new Uint8Array(0) : fromHex(envelope.tail);
  const tailSize = tail.length;
  const check = checks[envelope.check.kind];
  const checkFrom = envelope.check.from;
  const checkSize: number = check.size;
  const littleEndian = envelope.check.order === "le";
  const lengthAt = envelope.length?.at ?? -1;
  const plus = envelope.length?.plus ?? 0;
  const largest = Math.max(1, ...table.map((frame) => frame.maxSize));
  /** Frames that may have this size. The mask keeps a wild length byte inside the array, and the arithmetic in integers. */
  const sizeMask = 2 ** Math.ceil(Math.log2(largest + 512)) - 1;
  const none: readonly CompiledFrame[] = [];
  const bySize = Array.from({ length: sizeMask + 1 }, (_, size) =>
    size > largest ? none : table.filter((frame) => size >= frame.minSize && size <= frame.maxSize),
  );
  const capacity = Math.max(minimumCapacity, 8 * largest);
  const buffer = new Uint8Array(capacity);
  let begin = 0;
  let end = 0;
  /** Size of the frame that begins at `begin`, once all of its type bytes are there and fit; else 0. */
  let awaited = 0;
  let preferred: string | undefined;

  function match(bytes: Uint8Array, at: number, available: number, size: number): CompiledFrame | undefined {
    const candidates = bySize[size] as readonly CompiledFrame[];
    if (candidates.length === 1) {
      const only = candidates[0] as CompiledFrame;
      return fits(only, bytes, at, available, size) ? only : undefined;
    }
    let first: CompiledFrame | undefined;
    for (let i = 0; i < candidates.length; i++) {
      const candidate = candidates[i] as CompiledFrame;
      if (!fits(candidate, bytes, at, available, size)) continue;
      if (preferred === undefined || candidate.name === preferred) return candidate;
      first ??= candidate;
    }
    return first;
  }
  function hasTail(bytes: Uint8Array, from: number): boolean {
    for (let i = 0; i < tailSize; i++) if (bytes[from + i] !== tail[i]) return false;
    return true;
  }

  /**
   * Looks for frames from `from` on and answers where it stopped: at the end, or at a frame whose end has not come.
   * What was dropped before `from` begins at `dropped`.
   */
  function scan(from: number, dropped: number, why: DiscardReason): number {
    const bytes = buffer;
    const to = end;
    let at = from;
    let runStart = dropped;
    let runReason = why;
    while (at < to) {
      if (bytes[at] !== head0) {
        at++;
        continue;
      }
      const available = to - at;
      let agreed = 1;
      while (agreed < headSize && agreed < available && bytes[at + agreed] === head[agreed]) agreed++;
      if (agreed < headSize) {
        if (agreed === available) {
          awaited = 0;
          break;
        }
        at++;
        continue;
      }
      if (lengthAt >= available) {
        awaited = 0;
        break;
      }
      const size = lengthAt < 0 ? largest : ((bytes[at + lengthAt] as number) + plus) & sizeMask;
      const frame = match(bytes, at, available, size);
      if (frame === undefined) {
        at++;
        continue;
      }
      if (available < size) {
        awaited = available > frame.lastTest ? size : 0;
        break;
      }
      const checkAt = at + size - checkSize;
      let reason: DiscardReason | undefined;
      if (tailSize > 0 && !hasTail(bytes, checkAt - tailSize)) reason = "length";
      else if (checkSize > 0) {
        const wanted = check.compute(bytes, at + checkFrom, checkAt);
        const first = bytes[checkAt] as number;
        const found =
          checkSize === 1
            ? first
            : littleEndian
              ? first | ((bytes[checkAt + 1] as number) << 8)
              : (first << 8) | (bytes[checkAt + 1] as number);
        if (wanted !== found) reason = "checksum";
      }
      if (reason === undefined) {
        if (runStart < at) sink.discard(bytes, runStart, at, runReason);
        const start = at;
        at += size;
        runStart = at;
        runReason = "noise";
        sink.frame(frame.index, bytes, start, at);
      } else {
        // A broken frame starts a run of its own; what is dropped after it belongs to it. One byte, then look again.
        if (runStart < at) sink.discard(bytes, runStart, at, runReason);
        runStart = at;
        runReason = reason;
        at++;
      }
    }
    if (runStart < at) sink.discard(bytes, runStart, at, runReason);
    return at;
  }
  function append(chunk: Uint8Array, from: number, count: number): void {
    // A call into the engine's copy costs more than a few bytes by hand.
    if (count > byHand) buffer.set(count === chunk.length ? chunk : chunk.subarray(from, from + count), end);
    else for (let i = 0; i < count; i++) buffer[end + i] = chunk[from + i] as number;
    end += count;
  }
  function advance(): void {
    begin = scan(begin, begin, "noise");
    if (begin === end) begin = end = awaited = 0;
  }

  return {
    hear(chunk) {
      const { length } = chunk;
      if (length <= capacity - end) {
        append(chunk, 0, length);
        if (end - begin >= awaited) advance();
        return;
      }
      // The end of the buffer, or a chunk larger than it: in pieces. A scan leaves less than one frame behind.
      for (let from = 0; from < length;) {
        buffer.copyWithin(0, begin, end);
        end -= begin;
        begin = 0;
        const count = Math.min(length - from, capacity - end);
        append(chunk, from, count);
        from += count;
        advance();
      }
    },
    flush() {
      // Give up the half frame's first byte, then look for good frames behind it.
      while (begin < end) begin = scan(begin + 1, begin, "incomplete");
      begin = end = awaited = 0;
    },
    pending: () => end - begin,
    prefer(name) {
      preferred = name;
    },
  };
}
