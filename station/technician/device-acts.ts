import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Assignment, Decided } from "../devices/table.ts";

/** A withdrawal that still stands. `by`: the id of the member of staff. */
export interface Withdrawal {
  readonly reason: string;
  readonly by: string;
  readonly since: string;
}

/** What staff decided about devices, folded from the journal. */
export interface DeviceActs extends Decided {
  readonly names: ReadonlyMap<string, string>;
  readonly withdrawn: ReadonlyMap<string, Withdrawal>;
}

const staffRoles = ["operator", "technician"];

/** The last word on each port and device counts. Assignments by the station itself are made anew at every start. */
export function deviceActs(entries: readonly Entry[]): DeviceActs {
  const ports = new Map<string, Assignment | "forgotten">();
  const names = new Map<string, string>();
  const withdrawn = new Map<string, Withdrawal>();
  for (const entry of entries) {
    const { actor, heardAt } = entry;
    const assigned = bodyOf(entry, "device.assigned");
    if (assigned !== undefined && staffRoles.includes(actor.role)) {
      const { profile, port, settings = {} } = assigned;
      ports.set(port, { profile, port, settings, taken: { by: "staff", staff: actor.id, at: heardAt } });
    }
    const forgotten = bodyOf(entry, "device.forgotten");
    if (forgotten !== undefined) ports.set(forgotten.port, "forgotten");
    const named = bodyOf(entry, "device.named");
    if (named !== undefined) names.set(named.device, named.name);
    const out = bodyOf(entry, "device.withdrawn");
    if (out !== undefined) withdrawn.set(out.device, { reason: out.reason, by: actor.id, since: heardAt });
    const back = bodyOf(entry, "device.restored");
    if (back !== undefined) withdrawn.delete(back.device);
  }
  const all = [...ports];
  return {
    assigned: all.flatMap(([, each]) => (each === "forgotten" ? [] : [each])),
    forgotten: all.flatMap(([port, each]) => (each === "forgotten" ? [port] : [])),
    names,
    withdrawn,
  };
}
