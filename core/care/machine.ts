import type { FaultCode } from "../domain/faults.ts";

/** What moving a record answers: the record as it is afterwards, or why not. */
export type CareCode = Extract<FaultCode, `care.${string}`>;
export type Moved<R> = { readonly ok: true; readonly record: R } | { readonly ok: false; readonly code: CareCode };

export const moved = <R>(record: R): Moved<R> => ({ ok: true, record });
export const no = (code: CareCode): { readonly ok: false; readonly code: CareCode } => ({ ok: false, code });

/** Which input leads from which state to which; what is not listed is refused. */
export type Ways<State extends string, Kind extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Kind, State>>>>
>;
