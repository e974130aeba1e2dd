import type { FaultCode } from "../../core/domain/faults.ts";
import type { DeviceTime, MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import type { TaskName } from "./conversation.ts";
import type { Phase } from "./schema.ts";

/** What a session wants done. Whoever owns the port and the clock does it, in order. */
export type Effect =
  | { readonly do: "send"; readonly bytes: Uint8Array }
  /** `raw`: exactly the bytes it was made of; empty for what the session itself found out (silence, watchdog). */
  | { readonly do: "tell"; readonly outcome: Outcome; readonly raw: Uint8Array }
  /** Call `wake` at this time. A later one replaces an earlier one; waking early does no harm. */
  | { readonly do: "wake"; readonly atMs: number }
  | { readonly do: "phase"; readonly phase: Phase }
  /** Once, and then nothing but `tell` for what still comes. A device that acts was stopped before. */
  | { readonly do: "end"; readonly how: "finished" | "stopped" | "failed"; readonly code?: FaultCode };

/** One frame that is handed in. */
export interface JobFrame {
  readonly send: string;
  readonly values?: Readonly<Record<string, number | string>>;
}

export interface SessionOptions {
  /** `control`: a run on control material; a control result is then what was asked for. Else it ends with `gate.control`. */
  readonly purpose?: "measure" | "control";
  /**
   * The kind that is asked for. On a port with several it chooses the session; what is said about other kinds neither
   * ends it nor keeps it waiting, and of that only whole results are told, for the gate to refuse.
   */
  readonly of?: MeasurementKind;
  /** An act that is no measurement, instead; it ends as finished when its steps are done. */
  readonly task?: TaskName;
  /** What the task's steps ask for by name (`parametersOf`). */
  readonly values?: Readonly<Record<string, number | string>>;
  /** What the task's `job` steps send: frames by name, in order. */
  readonly job?: readonly JobFrame[];
  /** What must be added to `nowMs` to get the station's wall time (ms on a scale without zones), for devices that are told it. */
  readonly wallOffsetMs?: number;
  /** A memory is read back to this device-local time; the first older record is still told, for the gate to refuse. */
  readonly sinceDeviceTime?: DeviceTime;
  /** The same limit on the clock of `nowMs`; the session moves it by the device's clock once that is known. */
  readonly sinceMs?: number;
  /** Most records to read; the profile's number if absent. */
  readonly mostRecords?: number;
}

/** One conversation with one device. Pure: the clock is passed in (`nowMs`, any origin), never throws. */
export interface Session {
  begin(nowMs: number): readonly Effect[];
  hear(chunk: Uint8Array, nowMs: number): readonly Effect[];
  wake(nowMs: number): readonly Effect[];
  /** At any time, more than once. Sends the stop frame where there is one. */
  stop(nowMs: number): readonly Effect[];
}
