import type { Owner } from "../../core/care/tasks.ts";
import type { CareRecord } from "../../core/care/records.ts";
import { endStates } from "../../core/care/records.ts";
import { dayMs } from "../../core/quality/local-day.ts";
import type { HubContext } from "../api/context.ts";

/** Who asks, as care knows people: by the institution they work for. */
export type Self = Owner & { readonly person: string; readonly name: string };

/** Undefined for an account that works for no institution. */
export async function selfOf({ hub, who }: HubContext): Promise<Self | undefined> {
  const practice = (await hub.directory.account(who.id))?.practice;
  return practice && { org: practice.org, tier: practice.tier, person: who.id, name: who.name };
}

export const ownerOf = ({ org, tier, person }: Self): Owner & { readonly person: string } => ({ org, tier, person });

/** Whether the institution wrote it, owes something of it, or has been sent it. */
export function hasPart(there: CareRecord, org: string): boolean {
  switch (there.kind) {
    case "prescription":
      return there.record.doctor.org === org;
    case "referral":
      return there.record.from.org === org || (there.record.to.org === org && there.record.sentAt !== undefined);
    case "followUp":
      return there.record.doctor.org === org || there.record.village.org === org;
    case "danger":
      return there.record.first.org === org || there.record.doctor.org === org;
    case "plan":
      return there.record.doctor.org === org;
    case "talk":
    case "wish":
      return there.record.owner.org === org;
    case "contract":
      return there.record.doctor.org === org;
  }
}

/**
 * Whether a resident is in somebody's care today (service.md §11): by contract, by an open record of the institution's (a
 * referral, a follow-up), or by a consultation that this person has open or had within the last day.
 */
export async function inCare({ hub, who }: HubContext, self: Self, resident: string, call?: string): Promise<boolean> {
  if ((await hub.directory.contractedDoctor(resident)) === who.id) return true;
  const records = await hub.care.ofResident(resident);
  if (records.some((there) => !endStates[there.kind].includes(there.record.state) && hasPart(there, self.org)))
    return true;
  const open = (await hub.calls.open()).filter(({ clinician }) => clinician?.id === who.id);
  const told = call === undefined ? undefined : await hub.calls.find(call);
  const recent =
    told && hub.clock.now() - told.joinedAt < dayMs && (await hub.calls.everOwned(told.id, who.id)) ? [told] : [];
  for (const { station, visit } of [...open, ...recent]) {
    if (station === undefined) continue;
    if ((await hub.records.subjectOf(station.id, visit)) === resident) return true;
  }
  return false;
}
