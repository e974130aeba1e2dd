import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks } from "./checks.ts";
import { fits, type CompiledFrame } from "./frame-table.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope } from "./schema.ts";

/**
 * A frame is believed when head, size, type bytes, tail and check all agree with the table. A length byte alone decides
 * nothing: a size that no frame of the table has, or whose type bytes do not fit, is dropped before its end is awaited.
 *
 * Chunks are read where they are; only a frame that straddles two of them is put together in a window of two frames.
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
  /** Frames that may have this size. A length byte and `plus` never lead outside. */
  const bySize = Array.from({ length: 512 + largest }, (_, size) =>
    table.filter((frame) => size >= frame.minSize && size <= frame.maxSize),
  );
  const window = new Uint8Array(2 * largest);
  let held = 0;
  let preferred: string | undefined;

  function match(bytes: Uint8Array, at: number, available: number, size: number): CompiledFrame | undefined {
    const candidates = bySize[size] as readonly CompiledFrame[];
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
   * Looks for frames that start in `from` … `until` and may reach to `to`. Answers where it stopped: at `until` or
   * behind it, or earlier at a frame whose end has not come. What was dropped before `from` begins at `dropped`.
   */
  function scan(
    bytes: Uint8Array,
    from: number,
    until: number,
    to: number,
    dropped: number,
    why: DiscardReason,
  ): number {
    let at = from;
    let runStart = dropped;
    let runReason = why;
    while (at < until) {
      if (bytes[at] !== head0) {
        at++;
        continue;
      }
      const available = to - at;
      let agreed = 1;
      while (agreed < headSize && agreed < available && bytes[at + agreed] === head[agreed]) agreed++;
      if (agreed < headSize) {
        if (agreed === available) break;
        at++;
        continue;
      }
      if (lengthAt >= available) break;
      const size = lengthAt < 0 ? largest : Math.max(0, (bytes[at + lengthAt] as number) + plus);
      const frame = match(bytes, at, available, size);
      if (frame === undefined) {
        at++;
        continue;
      }
      if (available < size) break;
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
  function hold(bytes: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) window[held++] = bytes[i] as number;
  }

  return {
    hear(chunk) {
      let next = 0;
      if (held > 0) {
        // With one frame's length of new bytes, every start among the held ones can be decided.
        const before = held;
        const taken = Math.min(chunk.length, window.length - held);
        hold(chunk, 0, taken);
        const at = scan(window, 0, before, held, 0, "noise");
        if (at < before) {
          window.copyWithin(0, at, held);
          held -= at;
          return;
        }
        next = at - before;
        held = 0;
      }
      const at = scan(chunk, next, chunk.length, chunk.length, next, "noise");
      hold(chunk, at, chunk.length);
    },
    flush() {
      let at = 0;
      // Give up the half frame's first byte, then look for good frames behind it.
      while (at < held) at = scan(window, at + 1, held, held, at, "incomplete");
      held = 0;
    },
    pending: () => held,
    prefer(name) {
      preferred = name;
    },
  };
}
