import type { Contract } from "../../core/care/contract.ts";
import type { CareRecord } from "../../core/care/records.ts";
import { teamRoles } from "../../core/care/team.ts";
import { teamMemberSchema, type TeamMember } from "../../core/contract/hub-contracts.ts";
import { instant } from "../../core/domain/time.ts";
import type { ContractStand } from "../../core/journal/contract-bodies.ts";
import type { HubParts } from "../api/context.ts";

/** What a station is told of a contract that has just moved; undefined: nothing that it did not say itself. */
export function standOf(before: CareRecord | undefined, after: Contract): ContractStand | undefined {
  const { id: contract, state, since, until, reason } = after;
  if (before?.record.state === state || state === "asked" || state === "ended") return undefined;
  return {
    contract,
    state,
    at: instant(since),
    ...(until === undefined ? {} : { until: instant(until) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Everybody who works where a station stands and at its hospital, in order of institution and name. */
export async function teamOf(
  { directory, demo, care }: Pick<HubParts, "directory" | "demo" | "care">,
  station: string,
): Promise<readonly TeamMember[]> {
  const place = await directory.station(station);
  const orgs = [place?.branch, place?.hospital].filter((org) => org !== undefined);
  const people = await directory.people(teamRoles, demo);
  const phones = new Map(await Promise.all(orgs.map(async (org) => [org, (await care.org(org))?.phone] as const)));
  const members = people.flatMap(({ id, name, role, practice }) => {
    if (practice === undefined || !orgs.includes(practice.org)) return [];
    const { org, orgName, tier } = practice;
    const phone = phones.get(org);
    const at = { org, orgName, tier, ...(phone === undefined ? {} : { phone }) };
    const read = teamMemberSchema.safeParse({ id, name, role, ...at });
    return read.success ? [read.data] : [];
  });
  return members.toSorted((one, other) => orgs.indexOf(one.org) - orgs.indexOf(other.org));
}

/** Whom a resident may choose: a doctor of the team. */
export const isFamilyDoctor = ({ role }: Pick<TeamMember, "role">): boolean => role === "doctor";
