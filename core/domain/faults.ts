import { careFaults } from "./faults/care.ts";
import { deviceFaults } from "./faults/device.ts";
import { machinesFaults } from "./faults/machines.ts";
import { measuringFaults } from "./faults/measuring.ts";
import { peopleFaults } from "./faults/people.ts";
import { roomsFaults } from "./faults/rooms.ts";
import type { FaultText } from "./faults/fault.ts";

/**
 * Every declared way in which something does not work. Code = `area.reason`. `resident` is the sentence for the villager
 * (what happened and what to do, both languages); `operator` is for staff; `number` can be read over the phone.
 * A device profile may only use `device.*` codes; the gate refuses with `gate.*`; the store answers with `store.*`.
 */
export const faults = {
  ...deviceFaults,
  ...measuringFaults,
  ...machinesFaults,
  ...peopleFaults,
  ...careFaults,
  ...roomsFaults,
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof faults;
export type DeviceFaultCode = Extract<FaultCode, `device.${string}`>;
export type RefusalCode = Extract<FaultCode, `gate.${string}`>;

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code);
}
