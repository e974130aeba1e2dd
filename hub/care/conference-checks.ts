import { v5 as uuidv5 } from "uuid";
import type { CareOpening } from "../../core/care/records.ts";
import { checkDays, daysLater } from "../../core/care/schedule.ts";
import type { Owner } from "../../core/care/tasks.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import type { HubParts } from "../api/context.ts";

/** Namespace of the checks: the same conclusion, sent again, asks for the same ones. */
const checks = "2f4f3f0a-5d4e-5b0f-9d6b-6a3d0e3c9b52";

/**
 * What a concluded joint opinion asks for: a look at how it goes after two and after twelve weeks (service.md §6), with whoever has
 * the resident contracted, else with the responsible doctor. None where nobody is known to own them.
 */
export async function checksAfter(
  hub: HubParts,
  { id, station, clinician, writtenAt }: Omit<Opinion, "signature">,
  resident: string,
): Promise<readonly CareOpening[]> {
  const place = await hub.directory.station(station);
  const contracted = await hub.directory.contractedDoctor(resident);
  const hospital = place?.hospital === undefined ? undefined : await hub.care.org(place.hospital);
  const doctor =
    (contracted === undefined ? undefined : await ownerOf(hub, contracted)) ??
    (await ownerOf(hub, clinician.id)) ??
    (hospital && { org: hospital.id, tier: hospital.tier });
  if (doctor === undefined) return [];
  const branch = place?.branch === undefined ? undefined : await hub.care.org(place.branch);
  const village = branch ? { org: branch.id, tier: branch.tier } : { org: doctor.org, tier: doctor.tier };
  const at = Date.parse(writtenAt);
  return checkDays.map((days) => ({
    kind: "followUp",
    at,
    by: clinician.id,
    text: {
      id: uuidv5(`${id}:${String(days)}`, checks),
      resident,
      station,
      day: daysLater(dayOf(at, hub.calendar.zoneMinutes), days),
      programmes: ["conference"],
      doctor,
      village,
      after: id,
    },
  }));
}

/** A person where they do follow-ups themselves; for a specialist their institution. */
async function ownerOf(hub: HubParts, id: string): Promise<Owner | undefined> {
  const account = await hub.directory.account(id);
  if (account?.practice === undefined) return undefined;
  const { org, tier } = account.practice;
  return account.role === "doctor" || account.role === "villageDoctor" ? { org, tier, person: id } : { org, tier };
}
