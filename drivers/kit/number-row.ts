import { rawInteger, readRaw, type RawInteger } from "./number-fields.ts";
import type { IntegerField } from "./schema.ts";

const flat = (rows: readonly (readonly number[])[]): Int32Array => Int32Array.from(rows.flat());

/**
 * The plain integers of one frame, read in one go into one row of numbers (raw, before scale and limits), in the order of
 * the fields given: for a recorder or a live curve, which take every frame and keep no object of it. Offsets stand in flat
 * lists by width, because looking up a field's width costs more than reading it.
 */
export class NumberRow {
  /** Place in the row, then offsets from the most significant byte on. */
  readonly #bytes: Int32Array;
  readonly #words: Int32Array;
  readonly #longs: Int32Array;
  readonly #others: readonly { readonly place: number; readonly integer: RawInteger }[];

  constructor(fields: readonly IntegerField[]) {
    const integers = fields.map((field, place) => ({ place, integer: rawInteger(field) }));
    const ofWidth = (width: RawInteger["width"]) => integers.filter(({ integer }) => integer.width === width);
    this.#bytes = flat(ofWidth(1).map(({ place, integer }) => [place, integer.first]));
    this.#words = flat(ofWidth(2).map(({ place, integer: { first, second } }) => [place, first, second]));
    this.#longs = flat(
      ofWidth(4).map(({ place, integer: { first, second, third, fourth } }) => [place, first, second, third, fourth]),
    );
    this.#others = ([3, -1, -2] as const).flatMap(ofWidth);
  }

  /** `bytes[start]` is the frame's first byte. The framer guarantees that all of the frame is there. */
  read(bytes: Uint8Array, start: number, row: Float64Array): void {
    const words = this.#words;
    for (let i = 0; i < words.length; i += 3)
      row[words[i] as number] =
        ((bytes[start + (words[i + 1] as number)] as number) << 8) |
        (bytes[start + (words[i + 2] as number)] as number);
    const single = this.#bytes;
    for (let i = 0; i < single.length; i += 2)
      row[single[i] as number] = bytes[start + (single[i + 1] as number)] as number;
    const longs = this.#longs;
    for (let i = 0; i < longs.length; i += 5)
      row[longs[i] as number] =
        (((bytes[start + (longs[i + 1] as number)] as number) << 24) |
          ((bytes[start + (longs[i + 2] as number)] as number) << 16) |
          ((bytes[start + (longs[i + 3] as number)] as number) << 8) |
          (bytes[start + (longs[i + 4] as number)] as number)) >>>
        0;
    const others = this.#others;
    for (let i = 0; i < others.length; i++) {
      const { place, integer } = others[i] as (typeof others)[number];
      row[place] = readRaw(integer, bytes, start);
    }
  }
}
