import { alarmSeverity } from "../../core/care/breaking.ts";
import { nobodyOf } from "../../core/care/danger.ts";
import type { Owner } from "../../core/care/tasks.ts";
import type { HubParts } from "../api/context.ts";

interface Alarm {
  readonly alarm: string;
  readonly visit: string;
  readonly reason: "symptom" | "result" | "asked";
}

/**
 * Makes a call for help a record of care, which somebody owes until its outcome was looked up (product M10): the village where the
 * station stands answers first, its hospital looks it up. The same alarm is the same record. A station that belongs to no known
 * institution has the alarm's desk only.
 */
export async function reportDanger(hub: HubParts, station: string, { alarm, visit, reason }: Alarm): Promise<void> {
  const place = await hub.directory.station(station);
  const ownerAt = async (id: string | undefined): Promise<Owner | undefined> => {
    const org = id === undefined ? undefined : await hub.care.org(id);
    return org && { org: org.id, tier: org.tier };
  };
  const first = await ownerAt(place?.branch);
  const doctor = await ownerAt(place?.hospital);
  const answers = first ?? doctor;
  if (!answers) return;
  const subject = await hub.records.subjectOf(station, visit);
  await hub.care.open(
    {
      kind: "danger",
      at: hub.clock.now(),
      by: station,
      text: {
        id: alarm,
        // A guest has no name here; the visit leads to the person.
        resident: subject ?? nobodyOf(visit),
        station,
        visit,
        severity: alarmSeverity(reason),
        what: reason,
        first: answers,
        doctor: doctor ?? answers,
      },
    },
    { role: "station", id: station },
  );
}
