import type { Doubt, MeasurementKind } from "../../core/domain/outcome.ts";
import type { DeviceFaultCode } from "../../core/domain/faults.ts";
import type { Quantity, UnitOf } from "../../core/domain/quantity.ts";
import type { Field, Frames, Phase, Profile } from "./schema.ts";
import { checkProfile } from "./validate.ts";

/**
 * Types computed from the frame table: meaning, session and simulator can only name frames and fields that are there,
 * and a reading only a field whose unit its quantity may carry.
 */
type NameOf<T> = Extract<keyof T, string>;
type FieldsOf<F extends Frames, K extends keyof F> = F[K]["fields"];
type FramesTo<F extends Frames, To extends "host" | "device"> = {
  [K in NameOf<F>]: F[K]["to"] extends To ? K : never;
}[NameOf<F>];

type UnitIn<T> = T extends { readonly unit: infer U } ? U : T extends { readonly units: infer Us } ? keyof Us : never;
/** Quantities that may carry every unit the field may come in. */
type QuantityFor<U> = [U] extends [never] ? never : { [Q in Quantity]: [U] extends [UnitOf<Q>] ? Q : never }[Quantity];
type ReadingRow<Fields> = { [N in NameOf<Fields>]: readonly [QuantityFor<UnitIn<Fields[N]>>, N] }[NameOf<Fields>];

type Named<Fields, T extends Field["type"]> = {
  [N in NameOf<Fields>]: Fields[N] extends { readonly type: T } ? N : never;
}[NameOf<Fields>];
type Numeric<Fields> = {
  [N in NameOf<Fields>]: Fields[N] extends { readonly min: number } ? N : never;
}[NameOf<Fields>];
type BitRow<Fields> = {
  [N in Named<Fields, "flags">]: Fields[N] extends { readonly bits: infer B } ? readonly [N, NameOf<B>] : never;
}[Named<Fields, "flags">];

/** Declared codes of a code field, as keys. An undeclared one does not compile. */
type KnownCode<T> = T extends { readonly known: readonly (infer C extends number)[] } ? `${C}` : never;
type FaultRule<Fields> = {
  [N in Named<Fields, "code">]: {
    readonly kind: "fault";
    readonly by: N;
    readonly codes: { readonly [C in KnownCode<Fields[N]>]?: DeviceFaultCode };
    readonly otherwise: DeviceFaultCode;
  };
}[Named<Fields, "code">];

type RuleFor<Fields> =
  | {
      readonly kind: "measurement";
      readonly of: MeasurementKind;
      readonly readings: readonly ReadingRow<Fields>[];
      readonly doubts?: { readonly [D in Doubt]?: BitRow<Fields> };
      readonly deviceTime?: Named<Fields, "datetime" | "rowTime">;
      readonly stored?: boolean;
      readonly notes?: Readonly<Record<string, NameOf<Fields>>>;
      readonly greater?: readonly (readonly [Numeric<Fields>, Numeric<Fields>])[];
    }
  | { readonly kind: "progress"; readonly of: MeasurementKind; readonly readings: readonly ReadingRow<Fields>[] }
  | FaultRule<Fields>
  | {
      readonly kind: "information";
      readonly about: string;
      readonly values: Readonly<Record<string, NameOf<Fields>>>;
      readonly link?: boolean;
    };

/** One entry per frame addressed to the host; a missing one does not compile. */
type MeaningOf<F extends Frames> = {
  readonly [K in FramesTo<F, "host">]: RuleFor<FieldsOf<F, K>> | readonly RuleFor<FieldsOf<F, K>>[];
};

type Sent<F extends Frames> = {
  [K in FramesTo<F, "device">]: {
    readonly send: K;
    readonly values?: { readonly [N in NameOf<FieldsOf<F, K>>]: number | string };
  };
}[FramesTo<F, "device">];
type StepOf<F extends Frames> =
  | ({
      readonly do: "ask";
      readonly phase: Phase;
      readonly expect: readonly FramesTo<F, "host">[];
      readonly withinMs: number;
      readonly tries: number;
    } & Sent<F>)
  | {
      readonly do: "listen";
      readonly phase: Phase;
      readonly firstMs: number;
      readonly silenceMs: number;
      readonly partial?: DeviceFaultCode;
    }
  | {
      [K in FramesTo<F, "device">]: {
        readonly do: "readout";
        readonly phase: Phase;
        readonly send: K;
        readonly index: Numeric<FieldsOf<F, K>>;
        readonly expect: FramesTo<F, "host">;
        readonly none: FramesTo<F, "host">;
        readonly most: number;
        readonly withinMs: number;
        readonly tries: number;
      };
    }[FramesTo<F, "device">];
interface SessionOf<F extends Frames> {
  readonly steps: readonly StepOf<F>[];
  readonly stop?: {
    readonly send: FramesTo<F, "device">;
    readonly expect: readonly FramesTo<F, "host">[];
    readonly withinMs: number;
    readonly tries: number;
  };
  readonly totalMs: number;
  readonly gapMs: number;
}

type SimMeasured<Units> = {
  [U in keyof Units]:
    | { readonly value: number; readonly unit: U; readonly comparator?: "<" | ">" }
    | { readonly between: readonly [number, number]; readonly unit: U };
}[keyof Units];
/** What a script may put into a field. */
type SimValueOf<T> = T extends { readonly type: "flags"; readonly bits: infer B }
  ? { readonly [N in keyof B]: boolean }
  : T extends { readonly type: "code"; readonly known: readonly (infer C)[] }
    ? C
    : T extends { readonly type: "datetime" | "rowTime" }
      ? string | { readonly agoMs: number } | null
      : T extends { readonly type: "ascii" }
        ? string
        : T extends { readonly type: "row" }
          ? string | null
          : T extends { readonly type: "analyte"; readonly units: infer Us }
            ? SimMeasured<Us> | { readonly notCalculable: true } | null
            : T extends { readonly unit: infer U }
              ? | number
                | { readonly between: readonly [number, number] }
                | { readonly value: number; readonly unit: U; readonly comparator: "<" | ">" }
              : number | { readonly between: readonly [number, number] };
type SimValuesOf<Fields> = { readonly [N in keyof Fields]: SimValueOf<Fields[N]> };
type SimSend<F extends Frames> = {
  [K in FramesTo<F, "host">]: { readonly send: K; readonly values: SimValuesOf<FieldsOf<F, K>> };
}[FramesTo<F, "host">];
type SimLineOf<F extends Frames, From> =
  | (SimSend<F> & { readonly afterMs: number })
  | {
      [K in FramesTo<F, "host">]: {
        readonly ramp: K;
        readonly field: Numeric<FieldsOf<F, K>>;
        readonly points: readonly (readonly [number, number])[];
        readonly everyMs: number;
        readonly afterMs: number;
      };
    }[FramesTo<F, "host">]
  | {
      [K in FramesTo<F, "host">]: {
        readonly memory: K;
        readonly by: From;
        readonly rows: readonly SimValuesOf<FieldsOf<F, K>>[];
        readonly none: SimSend<F>;
        readonly afterMs: number;
      };
    }[FramesTo<F, "host">];
type AnswersOf<F extends Frames> = {
  readonly [K in FramesTo<F, "device">]?: readonly SimLineOf<F, Numeric<FieldsOf<F, K>>>[];
};
interface SimulateOf<F extends Frames> {
  readonly answers: AnswersOf<F>;
  readonly press?: readonly SimLineOf<F, never>[];
  readonly faults: Readonly<
    Record<string, { readonly answers?: AnswersOf<F>; readonly press?: readonly SimLineOf<F, never>[] }>
  >;
}

type Plain = Omit<Profile, "frames" | "meaning" | "session" | "simulate" | "link">;
export type ProfileOf<F extends Frames> = Plain & {
  readonly frames: F;
  readonly link?: Omit<NonNullable<Profile["link"]>, "reset" | "ack"> & {
    readonly reset: readonly [FramesTo<F, "device">, FramesTo<F, "host">];
    readonly ack: readonly [FramesTo<F, "device">, FramesTo<F, "host">];
  };
  readonly meaning: MeaningOf<F>;
  readonly session: SessionOf<F>;
  readonly simulate: SimulateOf<F>;
};

/**
 * A shipped profile: its tables are checked against each other by the compiler, and by the same schema as a loaded one.
 * The answer is plain data that survives JSON. Throws with path and reason when the table contradicts itself.
 */
export function defineProfile<const F extends Frames>(
  profile: { readonly frames: F } & ProfileOf<NoInfer<F>>,
): Profile {
  const checked = checkProfile(profile);
  if (!checked.ok) throw new Error(checked.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  return checked.profile;
}
