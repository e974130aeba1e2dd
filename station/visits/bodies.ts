import type { FaultCode } from "../../core/domain/faults.ts";
import { instant } from "../../core/domain/time.ts";
import type { EntryBody, Measurement } from "../../core/journal/entry.ts";
import type { Device } from "../devices/device.ts";
import type { HeardWhen } from "../devices/run.ts";
import type { Candidate, Verdict } from "../gate/gate.ts";

/** A whole result with where and when it was heard. */
export interface HeardResult {
  readonly candidate: Candidate;
  readonly rawHex: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly heardAt: number;
  readonly when: HeardWhen;
}

/** Which device gave a result, and by which program and clock it was heard. */
export interface Heard {
  readonly device: Device;
  readonly program: string;
  /** Device clock minus station clock, measured in the same session. */
  readonly offsetMs: number | undefined;
  /** Hub clock minus station clock, where they were compared. */
  readonly hubAheadMs?: number | undefined;
}

/** `proofHex`: frames besides its own that a measurement rests on. */
export function measurementOf(
  { candidate, rawHex, heardAt }: HeardResult,
  verdict: Extract<Verdict, { ok: true }>,
  of: Pick<Measurement, "id" | "visit" | "of" | "context">,
  by: Heard,
  proofHex: readonly string[],
): Measurement {
  return {
    ...of,
    readings: [...verdict.readings],
    doubts: [...verdict.doubts],
    ...(candidate.notes === undefined ? {} : { notes: { ...candidate.notes } }),
    provenance: provenanceOf(candidate, by, [...proofHex, ...rawHex]),
    times: timesOf(candidate, by, heardAt),
  };
}

export function refusalOf(
  { candidate, rawHex, heardAt }: HeardResult,
  why: { readonly measurement: string; readonly reason: FaultCode; readonly detail?: string },
  by: Heard,
): EntryBody<"measurement.refused"> {
  return {
    measurement: why.measurement,
    of: candidate.of,
    reason: why.reason,
    ...(why.detail === undefined ? {} : { detail: why.detail }),
    readings: [...candidate.readings],
    provenance: provenanceOf(candidate, by, rawHex),
    times: timesOf(candidate, by, heardAt),
  };
}

/** That a record came, without a value, a time or a byte of it: what lies in a memory may be anybody's. */
export function withoutContent(result: HeardResult): HeardResult {
  const { deviceTime: _theirs, notes: _whose, ...candidate } = result.candidate;
  return { ...result, candidate: { ...candidate, readings: [] }, rawHex: [] };
}

/** The same record of the same device, read out again. */
export function isSameRecord(known: Measurement, candidate: Candidate, device: Device): boolean {
  const { provenance, times, of } = known;
  return provenance.device === device.id && times.deviceTime === candidate.deviceTime && of === candidate.of;
}

function provenanceOf(
  { notes }: Candidate,
  { device, program }: Heard,
  rawHex: readonly string[],
): Measurement["provenance"] {
  const serialNumber = notes?.["serial"] ?? device.serialNumber;
  return {
    device: device.id,
    profile: device.profile.id,
    profileVersion: program,
    program,
    simulated: device.simulated,
    port: device.port,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    rawHex: [...rawHex],
  };
}

function timesOf({ deviceTime }: Candidate, { offsetMs, hubAheadMs }: Heard, heardAt: number): Measurement["times"] {
  return {
    ...(deviceTime === undefined ? {} : { deviceTime }),
    heardAt: instant(heardAt),
    ...(offsetMs === undefined ? {} : { deviceOffsetMs: offsetMs }),
    ...(hubAheadMs === undefined ? {} : { hubAheadMs }),
  };
}
