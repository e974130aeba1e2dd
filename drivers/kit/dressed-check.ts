import { checkSize, hexDigit } from "./binary-layout.ts";
import { checks } from "./checks.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope } from "./schema.ts";

/** Is a check more than a number of one or two bytes at the end of a frame? */
export function isDressed({ end, check: { plus, or, form } }: BinaryEnvelope): boolean {
  return end !== undefined || plus !== undefined || or !== undefined || form === "hex";
}

/** What a check wears beside being a number: digits, bytes behind it, and a constant that units of one model may not share. */
export class DressedCheck {
  /** Bytes of the check as it stands on the wire; 0 where there is only an end. */
  readonly size: number;
  readonly #end: Uint8Array;
  readonly #mask: number;
  readonly #isHex: boolean;
  readonly #lowAt: number;
  /** Every constant that may be learned, the usual one first. */
  readonly #others: readonly number[];
  readonly #learnFrom: ReadonlySet<string>;
  /** The constant that this unit adds to its check. */
  #plus: number;

  constructor(envelope: BinaryEnvelope) {
    const { kind, plus, or, form, order } = envelope.check;
    this.size = checkSize(envelope);
    this.#end = fromHex(envelope.end ?? "");
    this.#mask = checks[kind].mask;
    this.#isHex = form === "hex";
    this.#lowAt = order === "le" ? 0 : 1;
    this.#others = [...(or === undefined ? [] : [plus ?? 0]), ...(or?.plus ?? [])];
    this.#learnFrom = new Set(or?.learnFrom);
    this.#plus = plus ?? 0;
  }

  /** Where the check begins in a frame that ends at `to`, if what must stand behind it does; -1: it does not. */
  place(bytes: Uint8Array, to: number): number {
    const end = this.#end;
    const endAt = to - end.length;
    for (let i = 0; i < end.length; i++) if (bytes[endAt + i] !== end[i]) return -1;
    return endAt - this.size;
  }

  /** Is this the check of a frame of that name? Some frames teach the constant of the unit that sent them. */
  agrees(bytes: Uint8Array, at: number, sum: number, frame: string): boolean {
    if (this.#stands(bytes, at, sum + this.#plus)) return true;
    if (!this.#learnFrom.has(frame)) return false;
    const other = this.#others.find((plus) => this.#stands(bytes, at, sum + plus));
    if (other === undefined) return false;
    this.#plus = other;
    return true;
  }

  #stands(bytes: Uint8Array, at: number, sum: number): boolean {
    const wanted = sum & this.#mask;
    if (this.#isHex) return bytes[at] === hexDigit(wanted >> 4) && bytes[at + 1] === hexDigit(wanted & 15);
    if (this.size === 1) return bytes[at] === wanted;
    const lowAt = at + this.#lowAt;
    return ((bytes[lowAt] as number) | ((bytes[2 * at + 1 - lowAt] as number) << 8)) === wanted;
  }
}
