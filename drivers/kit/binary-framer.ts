import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks } from "./checks.ts";
import { fromHex } from "./hex.ts";
import type { CompiledFrame } from "./frame-table.ts";
import type { Framer, FrameSink } from "./framer.ts";
import type { BinaryEnvelope } from "./schema.ts";

/** Room for several frames, so that compaction is rare. */
const minimumCapacity = 4096;

/**
 * A frame is believed when head, size, type bytes, tail and check all agree with the table. A length byte alone decides
 * nothing: a size that no frame of the table has, or whose type bytes do not fit, is dropped before its end is awaited.
 */
export function createBinaryFramer(envelope: BinaryEnvelope, table: readonly CompiledFrame[], sink: FrameSink): Framer {
  const head = fromHex(envelope.head);
  const headSize = head.length;
  const head0 = head[0] as number;
  const tail = envelope.tail === undefined ? new Uint8Array(0) : fromHex(envelope.tail);
  const check = checks[envelope.check.kind];
  const checkFrom = envelope.check.from;
  const checkSize: number = check.size;
  const littleEndian = envelope.check.order === "le";
  const lengthAt = envelope.length?.at ?? -1;
  const plus = envelope.length?.plus ?? 0;
  const largest = Math.max(1, ...table.map((frame) => frame.maxSize));
  const fixedSize = largest;
  const bySize = Array.from({ length: largest + 1 }, (_, size) =>
    table.filter((frame) => size >= frame.minSize && size <= frame.maxSize),
  );
  const indexOf = new Map(table.map((frame, index) => [frame, index]));
  const capacity = Math.max(minimumCapacity, 4 * largest);
  const buffer = new Uint8Array(capacity);
  let begin = 0;
  let end = 0;
  /** Dropped and not yet named: from here up to `begin`. */
  let runStart = 0;
  let runReason: DiscardReason = "noise";
  let preferred: string | undefined;

  function nameRun(): void {
    if (runStart < begin) sink.discard(buffer, runStart, begin, runReason);
    runStart = begin;
    runReason = "noise";
  }
  /** A broken frame starts a run of its own; the noise that follows it belongs to it. */
  function drop(reason: DiscardReason): void {
    if (reason !== "noise") {
      nameRun();
      runReason = reason;
    }
    begin++;
  }
  function broken(size: number): DiscardReason | undefined {
    const checkAt = begin + size - checkSize;
    for (let i = 0; i < tail.length; i++) if (buffer[checkAt - tail.length + i] !== tail[i]) return "length";
    if (checkSize === 0) return undefined;
    const wanted = check.compute(buffer, begin + checkFrom, checkAt);
    const first = buffer[checkAt] as number;
    const found =
      checkSize === 1
        ? first
        : littleEndian
          ? first | ((buffer[checkAt + 1] as number) << 8)
          : (first << 8) | (buffer[checkAt + 1] as number);
    return wanted === found ? undefined : "checksum";
  }
  function match(size: number, available: number): CompiledFrame | undefined {
    const candidates = bySize[size];
    if (candidates === undefined) return undefined;
    let first: CompiledFrame | undefined;
    for (const candidate of candidates) {
      if (!candidate.fits(buffer, begin, available, size)) continue;
      if (preferred === undefined || candidate.name === preferred) return candidate;
      first ??= candidate;
    }
    return first;
  }

  function scan(): void {
    while (begin < end) {
      const available = end - begin;
      if (buffer[begin] !== head0) {
        drop("noise");
        continue;
      }
      let agreed = 1;
      while (agreed < headSize && agreed < available && buffer[begin + agreed] === head[agreed]) agreed++;
      if (agreed < headSize) {
        if (agreed === available) return;
        drop("noise");
        continue;
      }
      if (lengthAt >= available) return;
      const size = lengthAt < 0 ? fixedSize : (buffer[begin + lengthAt] as number) + plus;
      if (available < size) {
        if (match(size, available) !== undefined) return;
        drop("noise");
        continue;
      }
      const frame = match(size, size);
      if (frame === undefined) {
        drop("noise");
        continue;
      }
      const reason = broken(size);
      if (reason !== undefined) {
        drop(reason);
        continue;
      }
      if (runStart < begin) nameRun();
      const start = begin;
      begin += size;
      runStart = begin;
      sink.frame(indexOf.get(frame) as number, buffer, start, begin);
    }
  }
  function makeRoom(): void {
    nameRun();
    buffer.copyWithin(0, begin, end);
    end -= begin;
    begin = 0;
    runStart = 0;
  }

  return {
    hear(chunk) {
      if (begin === end && runStart === begin) begin = end = runStart = 0;
      if (chunk.length <= capacity - end) {
        buffer.set(chunk, end);
        end += chunk.length;
        scan();
      } else {
        // Larger than the buffer, or the buffer is nearly full: in pieces. `scan` leaves less than one frame behind.
        for (let from = 0; from < chunk.length;) {
          makeRoom();
          const count = Math.min(chunk.length - from, capacity - end);
          buffer.set(chunk.subarray(from, from + count), end);
          end += count;
          from += count;
          scan();
        }
      }
      nameRun();
    },
    flush() {
      while (begin < end) {
        drop("incomplete");
        scan();
      }
      nameRun();
    },
    pending: () => end - begin,
    prefer(name) {
      preferred = name;
    },
  };
}
