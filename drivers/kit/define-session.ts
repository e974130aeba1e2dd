import type { DeviceFaultCode } from "../../core/domain/faults.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Quantity } from "../../core/domain/quantity.ts";
import type { Carried, FieldsOf, FramesTo, NameOf, Numeric, WhenOf } from "./define-parts.ts";
import type { Frames, Phase } from "./schema.ts";
import type { clockParts, taskNames } from "./schema-session.ts";

type Given = number | string | { readonly from: string } | { readonly clock: true | (typeof clockParts)[number] };
/** A frame to the device with a value for each of its fields. */
type ValuesFor<Fields, V> = [NameOf<Fields>] extends [never]
  ? { readonly values?: Readonly<Record<string, never>> }
  : { readonly values: { readonly [N in NameOf<Fields>]: V } };
type Saying<F extends Frames> = {
  [K in FramesTo<F, "device">]: { readonly send: K } & ValuesFor<FieldsOf<F, K>, Given>;
}[FramesTo<F, "device">];
/** As above; the field that the session counts up is left out. */
type Indexed<F extends Frames> = {
  [K in FramesTo<F, "device">]: {
    [I in Numeric<FieldsOf<F, K>>]: { readonly send: K; readonly index: I } & ValuesFor<Omit<FieldsOf<F, K>, I>, Given>;
  }[Numeric<FieldsOf<F, K>>];
}[FramesTo<F, "device">];
type Awaited<F extends Frames> =
  | FramesTo<F, "host">
  | {
      [K in FramesTo<F, "host">]: { readonly frame: K; readonly when: WhenOf<F, FieldsOf<F, K>> };
    }[FramesTo<F, "host">];

type StepOf<F extends Frames> =
  | ({
      readonly do: "ask";
      readonly phase: Phase;
      readonly acts?: true;
      readonly after?: FramesTo<F, "host">;
      readonly expect: readonly Awaited<F>[];
      readonly done?: readonly Awaited<F>[];
      readonly withinMs: number;
      readonly tries: number;
    } & Saying<F>)
  | ({ readonly do: "send"; readonly phase: Phase; readonly acts?: true; readonly pauseMs?: number } & Saying<F>)
  | {
      readonly do: "job";
      readonly phase: Phase;
      readonly frames: readonly FramesTo<F, "device">[];
      readonly pauseMs: number;
    }
  | ({
      readonly do: "poll";
      readonly phase: Phase;
      readonly everyMs: number;
      readonly until: readonly Awaited<F>[];
      readonly done?: readonly Awaited<F>[];
      readonly silenceMs: number;
      readonly withinMs: number;
      readonly late?: DeviceFaultCode;
    } & Saying<F>)
  | {
      readonly do: "listen";
      readonly phase: Phase;
      readonly firstMs: number;
      readonly silenceMs: number;
      readonly partial?: DeviceFaultCode;
      readonly again?: {
        readonly send: FramesTo<F, "device">;
        readonly withinMs: number;
        readonly tries: number;
      };
    }
  | ({
      readonly do: "readout";
      readonly phase: Phase;
      readonly first?: number;
      readonly also?: Indexed<F> & { readonly expect: FramesTo<F, "host"> };
      readonly expect: FramesTo<F, "host"> | readonly FramesTo<F, "host">[];
      readonly none?: FramesTo<F, "host">;
      readonly count?: Carried<F>;
      readonly most: number;
      readonly withinMs: number;
      readonly tries: number;
    } & Indexed<F>)
  | ({
      [K in FramesTo<F, "host">]: {
        readonly do: "dump";
        readonly phase: Phase;
        readonly header: K;
        readonly count: Numeric<FieldsOf<F, K>>;
        readonly record: FramesTo<F, "host">;
        readonly most: number;
        readonly withinMs: number;
        readonly tries: number;
      };
    }[FramesTo<F, "host">] &
      Saying<F>)
  | ({
      [K in FramesTo<F, "host">]: {
        readonly do: "twice";
        readonly phase: Phase;
        readonly expect: K;
        readonly apartFrom?: readonly NameOf<FieldsOf<F, K>>[];
        readonly withinMs: number;
        readonly tries: number;
      };
    }[FramesTo<F, "host">] &
      Saying<F>)
  | ({
      readonly do: "settle";
      readonly phase: Phase;
      readonly frame: FramesTo<F, "host">;
      readonly of: MeasurementKind;
      readonly within: { readonly [Q in Quantity]?: number };
      readonly least?: { readonly [Q in Quantity]?: number };
      readonly take: "median" | "last";
      readonly firstMs: number;
      readonly silenceMs: number;
      readonly withinMs: number;
      readonly unsettled?: DeviceFaultCode;
      readonly quiet?: true;
    } & ({ readonly spanMs: number } | { readonly count: number }));

type Reply<F extends Frames, Fields> = {
  [K in FramesTo<F, "device">]: { readonly send: K } & ValuesFor<
    FieldsOf<F, K>,
    Given | { readonly heard: NameOf<Fields> }
  >;
}[FramesTo<F, "device">];

export interface SessionOf<F extends Frames> {
  readonly steps: readonly StepOf<F>[];
  readonly stop?: {
    readonly send: FramesTo<F, "device">;
    readonly expect: readonly FramesTo<F, "host">[];
    readonly withinMs: number;
    readonly tries: number;
    readonly always?: true;
  };
  readonly replies?: { readonly [K in FramesTo<F, "host">]?: Reply<F, FieldsOf<F, K>> };
  readonly keepAlive?: Saying<F> & { readonly everyMs: number };
  readonly totalMs: number;
  readonly gapMs: number;
}
export type SessionForOf<F extends Frames> = { readonly [K in MeasurementKind]?: SessionOf<F> };
export type TasksOf<F extends Frames> = { readonly [T in (typeof taskNames)[number]]?: SessionOf<F> };
