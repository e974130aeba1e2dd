import { delimitersOf, parsePlace, type Delimiters, type Dialect, type Place } from "./records.ts";
import { textsIn, type RecordGroup } from "./records-group.ts";
import type { RecordsEnvelope, RecordTest } from "./schema-records.ts";

/** Where a result of this envelope keeps its parts: the standard's places, or the profile's own. */
export interface ResultPlaces {
  readonly code: Place;
  readonly value: Place;
  readonly unit: Place;
  readonly flags: Place;
  /** Undefined: the device gives no status. */
  readonly status: Place | undefined;
}

export function resultPlaces(dialect: Dialect, envelope: RecordsEnvelope): ResultPlaces {
  const { places } = dialect;
  const status = envelope.status ?? places.status;
  return {
    code: parsePlace(envelope.code ?? places.code),
    value: parsePlace(places.value),
    unit: parsePlace(envelope.unit ?? places.unit),
    flags: parsePlace(places.flags),
    status: status === "" ? undefined : parsePlace(status),
  };
}

/** The delimiters that our own side writes. */
export function ownDelimiters(dialect: Dialect, envelope: RecordsEnvelope): Delimiters {
  const own = delimitersOf(dialect, dialect.header + envelope.delimiters);
  if (own === undefined) throw new Error(`${envelope.delimiters} are no four delimiters`);
  return own;
}

const parts = (texts: readonly string[], split: string | undefined): readonly string[] =>
  split === undefined ? texts : texts.flatMap((text) => text.split(split));

/** The texts at a place, taken apart where several share it. */
export function partsIn(
  dialect: Dialect,
  delimiters: Delimiters,
  group: RecordGroup,
  at: string,
  split: string | undefined,
): readonly string[] {
  return parts(textsIn(dialect, delimiters, group, parsePlace(at)), split);
}

/** Does the group say so? */
export function holds(dialect: Dialect, delimiters: Delimiters, group: RecordGroup, test: RecordTest): boolean {
  return test.at.some((at) => {
    const texts = partsIn(dialect, delimiters, group, at, test.split);
    const filled = texts.some((text) => text !== "");
    if (test.filled !== undefined && filled !== test.filled) return false;
    const named = texts.length === 0 ? [""] : texts;
    if (test.is !== undefined && !named.some((text) => test.is?.includes(text) === true)) return false;
    return (
      test.starts === undefined || named.some((text) => test.starts?.some((start) => text.startsWith(start)) === true)
    );
  });
}
