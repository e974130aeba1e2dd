import type { DeviceFaultCode } from "../../core/domain/faults.ts";
import type { Doubt, MeasurementKind, WaveKind } from "../../core/domain/outcome.ts";
import type {
  BitOf,
  Carried,
  FieldsOf,
  FramesTo,
  Named,
  NameOf,
  Numeric,
  Plain,
  QuantityFor,
  TimeType,
  UnitIn,
  WhenOf,
  WithBits,
} from "./define-parts.ts";
import type { Frames } from "./schema.ts";

type OwnRow<Fields> = { [N in NameOf<Fields>]: readonly [QuantityFor<UnitIn<Fields[N]>>, N] }[NameOf<Fields>];
type CarriedRow<F extends Frames> = {
  [K in FramesTo<F, "host">]: {
    [N in NameOf<FieldsOf<F, K>>]: readonly [QuantityFor<UnitIn<FieldsOf<F, K>[N]>>, `${K}/${N}`];
  }[NameOf<FieldsOf<F, K>>];
}[FramesTo<F, "host">];
type ReadingRow<F extends Frames, Fields> = OwnRow<Fields> | CarriedRow<F>;

type BitRow<Fields> = {
  [N in WithBits<Fields>]: Fields[N] extends { readonly bits: infer B } ? readonly [N, NameOf<B>] : never;
}[WithBits<Fields>];
type AnyField<F extends Frames, Fields> = NameOf<Fields> | BitOf<Fields> | Carried<F>;
type DoubtSource<F extends Frames, Fields> =
  | BitRow<Fields>
  | { readonly field: AnyField<F, Fields>; readonly is: readonly Plain[] }
  | { readonly field: AnyField<F, Fields>; readonly above: number };

/** Declared codes of a code field, as keys. An undeclared one does not compile. */
type KnownCode<T> = T extends { readonly known: readonly (infer C extends number | string)[] } ? `${C}` : string;
type KnownValue<T> = T extends { readonly known: readonly (infer C)[] } ? C : number | string;
type FaultRule<F extends Frames, Fields> = {
  readonly kind: "fault";
  readonly when?: WhenOf<F, Fields>;
  readonly of?: MeasurementKind;
} & (
  | { readonly code: DeviceFaultCode }
  | {
      [N in NameOf<Fields>]: {
        readonly by: N;
        readonly codes: { readonly [C in KnownCode<Fields[N]>]?: DeviceFaultCode };
        readonly ok?: readonly KnownValue<Fields[N]>[];
        readonly otherwise: DeviceFaultCode;
      };
    }[NameOf<Fields>]
);

interface ResultOf<F extends Frames, Fields> {
  readonly when?: WhenOf<F, Fields>;
  readonly of: MeasurementKind;
  readonly readings: readonly ReadingRow<F, Fields>[];
  readonly deviceTime?: Named<Fields, TimeType> | Carried<F>;
  readonly stored?: boolean;
  readonly notes?: Readonly<Record<string, AnyField<F, Fields>>>;
}
type Pairs<Fields> = readonly (readonly [Numeric<Fields>, Numeric<Fields>])[];

type RuleFor<F extends Frames, Fields> =
  | (ResultOf<F, Fields> & {
      readonly kind: "measurement";
      readonly doubts?: { readonly [D in Doubt]?: DoubtSource<F, Fields> };
      readonly greater?: Pairs<Fields>;
    })
  | (ResultOf<F, Fields> & { readonly kind: "control" })
  | {
      readonly kind: "progress";
      readonly when?: WhenOf<F, Fields>;
      readonly of: MeasurementKind;
      readonly readings: readonly ReadingRow<F, Fields>[];
      readonly greater?: Pairs<Fields>;
    }
  | FaultRule<F, Fields>
  | {
      readonly kind: "information";
      readonly when?: WhenOf<F, Fields>;
      readonly about: string;
      readonly values: Readonly<Record<string, AnyField<F, Fields>>>;
      readonly link?: boolean;
    }
  | {
      readonly kind: "wave";
      readonly when?: WhenOf<F, Fields>;
      readonly of: WaveKind;
      readonly samples: Readonly<Record<string, readonly Numeric<Fields>[]>>;
    }
  | { readonly kind: "scan"; readonly when?: WhenOf<F, Fields>; readonly text: NameOf<Fields> }
  | {
      readonly kind: "identity";
      readonly when?: WhenOf<F, Fields>;
      readonly card: Readonly<Record<string, NameOf<Fields>>>;
    }
  | { readonly kind: "ignore"; readonly when?: WhenOf<F, Fields>; readonly reason: string };

/** One entry per frame addressed to the host; a missing one does not compile. */
export type MeaningOf<F extends Frames> = {
  readonly [K in FramesTo<F, "host">]: RuleFor<F, FieldsOf<F, K>> | readonly RuleFor<F, FieldsOf<F, K>>[];
};
