import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { asciiBytes, asciiText, fromHex } from "./hex.ts";
import type { LabelEnvelope } from "./schema.ts";

const LF = 0x0a;
const QUOTE = 0x22;

/** Row texts of a label by y, in the order they were printed. */
export type Rows = ReadonlyMap<number, string>;

/** What stands at a place instead of a whole label. */
const brokenLabel = 0;
const openLabel = -1;

/**
 * Reads one label from where its start mark stands. There is no checksum, so every line must be exactly what the printer
 * language allows, rows must follow each other without a gap, and the blank label behind must be whole.
 *
 * A label is looked at again with every row that may end it: rows are kept as places until somebody takes their texts.
 */
export class LabelCutter {
  readonly #envelope: LabelEnvelope;
  readonly #head: Uint8Array;
  readonly #tail: Uint8Array;
  readonly #rowEnd = asciiBytes('"\n');
  readonly #blank: Uint8Array;
  readonly #print: Uint8Array;
  readonly #mark: Uint8Array;
  readonly #endMark: Uint8Array;
  /** By y; no more than a label of the greatest size has rows. */
  readonly #ys = new Map<number, Uint8Array>();
  /** Where each row's text begins and ends; a row takes more than two bytes. */
  readonly #places: Int32Array;
  #rows = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  /** Everything agreed as far as it has come. */
  #open = false;

  constructor(envelope: LabelEnvelope) {
    this.#envelope = envelope;
    this.#head = asciiBytes(envelope.row.head);
    this.#tail = asciiBytes(`${envelope.row.tail}"`);
    this.#blank = asciiBytes(`${" ".repeat(envelope.clear.blanks)}"\n`);
    this.#print = asciiBytes(`${envelope.print}\n`);
    this.#mark = fromHex(envelope.start);
    this.#endMark = fromHex(envelope.end);
    this.#places = new Int32Array(envelope.maxBytes);
  }

  /** The end of the label that begins at `start`; `openLabel` where its end has not come, else `brokenLabel`. */
  cut(bytes: Uint8Array, start: number, end: number): number {
    this.#look(bytes, start, end);
    if (this.#label()) return this.#at;
    return this.#open ? openLabel : brokenLabel;
  }
  #look(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#open = false;
    this.#rows = 0;
  }

  /** The texts of the label that was cut last, while its bytes are still there. */
  rows(): Rows {
    const { firstY, stepY } = this.#envelope.row;
    const text = (row: number): string =>
      asciiText(this.#bytes, this.#places[2 * row] as number, this.#places[2 * row + 1] as number);
    return new Map(Array.from({ length: this.#rows }, (_, row) => [firstY + row * stepY, text(row)]));
  }

  #label(): boolean {
    const { row, clear } = this.#envelope;
    if (!this.#take(this.#mark)) return false;
    let y = row.firstY;
    do {
      if (!this.#begins(y) || !this.#text()) return false;
      y += row.stepY;
      if (this.#at >= this.#end) return !(this.#open = true);
    } while (this.#bytes[this.#at] === this.#head[0]);
    if (!this.#take(this.#print) || !this.#take(this.#mark)) return false;
    for (let i = 0; i < clear.rows; i++)
      if (!this.#begins(row.firstY + i * row.stepY) || !this.#take(this.#blank)) return false;
    return this.#take(this.#endMark);
  }

  #begins(y: number): boolean {
    return this.#take(this.#head) && this.#take(this.#yText(y)) && this.#take(this.#tail);
  }

  #text(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    const from = this.#at;
    let to = from;
    while (to < end && bytes[to] !== QUOTE && bytes[to] !== LF) to++;
    if (to >= end) return !(this.#open = true);
    this.#at = to;
    if (!this.#take(this.#rowEnd)) return false;
    this.#places[2 * this.#rows] = from;
    this.#places[2 * this.#rows + 1] = to;
    this.#rows++;
    return true;
  }

  #take(wanted: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    const there = Math.min(wanted.length, this.#end - at);
    for (let i = 0; i < there; i++) if (bytes[at + i] !== wanted[i]) return false;
    if (there < wanted.length) return !(this.#open = true);
    this.#at = at + there;
    return true;
  }

  #yText(y: number): Uint8Array {
    const known = this.#ys.get(y);
    if (known !== undefined) return known;
    const text = asciiBytes(String(y).padStart(this.#envelope.row.yDigits, "0"));
    this.#ys.set(y, text);
    return text;
  }
}

/** Frames of a label stream. `drop` bytes are taken out on entry and are not reported: a bridge put them there. */
export function createLabelFramer(envelope: LabelEnvelope, sink: FrameSink): Framer {
  const mark = fromHex(envelope.start);
  const endMark = fromHex(envelope.end);
  const dropped = new Uint8Array(256);
  for (const byte of envelope.drop) dropped[byte] = 1;
  const cutter = new LabelCutter(envelope);
  const buffer = new Uint8Array(envelope.maxBytes * 2);
  let begin = 0;
  let end = 0;
  let runStart = 0;
  let runReason: DiscardReason = "noise";

  function nameRun(): void {
    if (runStart < begin) sink.discard(buffer, runStart, begin, runReason);
    runStart = begin;
    runReason = "noise";
  }
  function isMark(): "yes" | "no" | "open" {
    for (let i = 0; i < mark.length; i++) {
      if (begin + i >= end) return "open";
      if (buffer[begin + i] !== mark[i]) return "no";
    }
    return "yes";
  }
  function endsWith(wanted: Uint8Array): boolean {
    for (let i = 0; i < wanted.length; i++) if (buffer[end - wanted.length + i] !== wanted[i]) return false;
    return end - begin >= wanted.length;
  }
  function scan(silent: boolean): void {
    while (begin < end) {
      const found = isMark();
      if (found === "open" && !silent) return;
      const to = found === "yes" ? cutter.cut(buffer, begin, end) : brokenLabel;
      if (to > 0) {
        nameRun();
        const start = begin;
        begin = runStart = to;
        sink.frame(0, buffer, start, to);
      } else if (to === openLabel && !silent && end - begin < envelope.maxBytes) {
        return;
      } else {
        // The blank label inside a broken one has a start mark, too: it belongs to the same broken label.
        if (found === "yes" && runReason === "noise") {
          nameRun();
          runReason = "incomplete";
        }
        begin++;
      }
    }
  }
  function compact(): void {
    nameRun();
    buffer.copyWithin(0, begin, end);
    end -= begin;
    begin = runStart = 0;
  }

  /** Takes in what comes up to the end of a line, or up to as much as a label may be, and answers the place behind it. */
  function keep(chunk: Uint8Array, from: number): number {
    const bytes = buffer;
    const most = Math.min(bytes.length, begin + envelope.maxBytes);
    const { length } = chunk;
    let at = from;
    let size = end;
    while (at < length && size < most) {
      const byte = chunk[at++] as number;
      if (dropped[byte] === 1) continue;
      bytes[size++] = byte;
      if (byte === LF) break;
    }
    end = size;
    return at;
  }

  return {
    hear(chunk) {
      for (let at = 0; at < chunk.length;) {
        if (end === buffer.length) compact();
        const before = end;
        at = keep(chunk, at);
        // Noise is judged line by line. A begun label is judged where a mark stands, or when it is too long for one.
        const isLine = end > before && buffer[end - 1] === LF;
        const due = isLine && (isMark() !== "yes" || endsWith(mark) || endsWith(endMark));
        if (due || end - begin >= envelope.maxBytes) scan(false);
      }
      nameRun();
      if (begin === end) begin = end = runStart = 0;
    },
    flush() {
      scan(true);
      nameRun();
    },
    // Only a begun label counts: a lone line feed is the end of the one before.
    pending: () => (isMark() === "yes" ? end - begin : 0),
    prefer() {
      // One frame on the line: nothing to choose.
    },
  };
}
