import type { FieldsOf, FramesTo, Numeric, TimeType } from "./define-parts.ts";
import type { RecordField } from "./schema-records.ts";
import type { Frames } from "./schema.ts";

type SimMeasured<Units> = {
  [U in keyof Units]:
    | { readonly value: number; readonly unit: U; readonly comparator?: "<" | ">" }
    | { readonly between: readonly [number, number]; readonly unit: U };
}[keyof Units];
/** What a script may put into a field. */
type SteadyOf<T> = T extends { readonly type: "flags" | "marks"; readonly bits: infer B }
  ? { readonly [N in keyof B]: boolean }
  : T extends { readonly type: TimeType }
    ? string | { readonly agoMs: number } | null
    : T extends { readonly known: readonly (infer C)[] }
      ? | C
        | (T extends { readonly type: "textCode" | "recordCode" } ? null : never)
        | (T extends { readonly open: object } ? string : never)
      : T extends { readonly type: "row" | "text" | "recordText" | "unmapped" }
        ? string | null
        : T extends { readonly type: "analyte" | "amount" | "result"; readonly units: infer Us }
          ? SimMeasured<Us> | { readonly notCalculable: true } | null
          : T extends { readonly unit: infer U }
            ? | number
              | { readonly between: readonly [number, number] }
              | { readonly value: number; readonly unit: U; readonly comparator: "<" | ">" }
              | null
            : T extends { readonly min: number }
              ? number | { readonly between: readonly [number, number] } | null
              : string;
type SimValueOf<T> = SteadyOf<T> | { readonly over: readonly (readonly [number, SteadyOf<T>])[] };
/** Fields of records that a message need not have: what a script does not name is not there. */
type Optional<Fields> = {
  [N in keyof Fields]: Fields[N] extends { readonly type: RecordField["type"] } ? N : never;
}[keyof Fields];
type SimValuesOf<Fields> = {
  readonly [N in Exclude<keyof Fields, Optional<Fields>>]: SimValueOf<Fields[N]>;
} & { readonly [N in Optional<Fields>]?: SimValueOf<Fields[N]> };
type SimSend<F extends Frames> = {
  [K in FramesTo<F, "host">]: { readonly send: K; readonly values: SimValuesOf<FieldsOf<F, K>> };
}[FramesTo<F, "host">];
interface Play<F extends Frames> {
  readonly afterMs: number;
  readonly times?: readonly [number, number];
  readonly once?: FramesTo<F, "device">;
  readonly until?: FramesTo<F, "device">;
}
type SimLineOf<F extends Frames, From> = Play<F> &
  (
    | SimSend<F>
    | {
        [K in FramesTo<F, "host">]:
          | {
              readonly stream: K;
              readonly values: SimValuesOf<FieldsOf<F, K>>;
              readonly everyMs: number;
              readonly count?: number;
            }
          | {
              readonly ramp: K;
              readonly field: Numeric<FieldsOf<F, K>>;
              readonly values?: Partial<SimValuesOf<FieldsOf<F, K>>>;
              readonly points: readonly (readonly [number, number])[];
              readonly everyMs: number;
            }
          | {
              readonly memory: K;
              readonly by: From;
              readonly first?: number;
              readonly rows: readonly SimValuesOf<FieldsOf<F, K>>[];
              readonly none?: SimSend<F>;
            };
      }[FramesTo<F, "host">]
  );
type AnswersOf<F extends Frames> = {
  readonly [K in FramesTo<F, "device">]?: readonly SimLineOf<F, Numeric<FieldsOf<F, K>>>[];
};
interface ScriptsOf<F extends Frames> {
  readonly press?: readonly SimLineOf<F, never>[];
  readonly onOpen?: readonly SimLineOf<F, never>[];
}
export interface SimulateOf<F extends Frames> extends ScriptsOf<F> {
  readonly answers: AnswersOf<F>;
  readonly faults: Readonly<
    Record<string, ScriptsOf<F> & { readonly answers?: AnswersOf<F>; readonly bends?: number }>
  >;
}
