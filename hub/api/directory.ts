import { v7 as uuidv7 } from "uuid";
import { orgFault, pairingFault, staffFault } from "../../core/domain/directory.ts";
import { instant } from "../../core/domain/time.ts";
import type { EntryBody, EntryType } from "../../core/journal/entry.ts";
import type { Operation } from "../../core/rights.ts";
import { codeHash, freshCode } from "../http/codes.ts";
import type { Staff } from "../ports/staff.ts";
import { doors, refused, type HubContext, type HubParts } from "./context.ts";
import { states } from "./feed.ts";

/** As long as a weekend: who is invited on Friday comes in on Monday. */
export const invitationMs = 72 * 3_600_000;

function entry<T extends EntryType>({ who }: HubContext, type: T, body: EntryBody<T>) {
  return { id: uuidv7(), type, actor: { role: who.role, id: who.id }, subject: null, visit: null, body };
}

const shown = ({ demo: _demo, retired: _retired, invitedUntil, ...staff }: Staff) => ({
  ...staff,
  ...(invitedUntil === undefined ? {} : { invitedUntil: instant(invitedUntil) }),
});

async function whole({ staff, demo }: HubParts) {
  const [orgs, accounts, stations] = await Promise.all([staff.orgs(), staff.all(demo), staff.stations()]);
  return {
    orgs: [...orgs],
    accounts: accounts.map(shown),
    stations: stations.map(({ publicKey: _, ...station }) => station),
  };
}

/** Somebody else's account that has not ended. */
async function another(context: HubContext, operation: Operation, id: string) {
  const { hub, who } = context;
  if (id === who.id) {
    await refused(context, operation, id);
    return { ok: false, code: "account.forbidden" } as const;
  }
  const found = await hub.staff.find(id);
  if (!found || found.state === "retired" || (found.demo && !hub.demo))
    return { ok: false, code: "account.unknown" } as const;
  return { ok: true, found } as const;
}

/** Their lines end first, whatever else fails; then no call waits for who cannot come back. */
async function out({ hub, who }: HubContext, id: string, sessions: readonly string[]): Promise<void> {
  hub.signOut(sessions);
  await hub.desk.drop(id, { role: who.role, id: who.id });
}

function invitation({ clock }: HubParts) {
  const code = freshCode();
  const expiresAt = clock.now() + invitationMs;
  return { kept: { hash: codeHash(code), expiresAt }, told: { code, until: instant(expiresAt) } };
}

export const directory = {
  watch: doors.directory.watch.handler(async ({ context }) =>
    states({ operation: "directory.watch", context, topics: ["people"] }, async () => ({
      value: await whole(context.hub),
    })),
  ),

  putOrg: doors.directory.putOrg.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const org = { ...input, id: input.id ?? uuidv7() };
    const { id, name, tier, above } = org;
    const code = await hub.staff.putOrg(
      org,
      (orgs, stations) => orgFault(input, orgs, stations),
      entry(context, "org.put", { org: id, name, tier, ...(above ? { above } : {}) }),
    );
    if (code) throw errors.FAULT({ data: { code } });
    hub.bus.announce("people");
    return { id };
  }),

  invite: doors.directory.invite.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const { account, name, role, practice } = input;
    const id = uuidv7();
    const { kept, told } = invitation(hub);
    const code = await hub.staff.invite(
      { id, account, name, role, practice },
      kept,
      (orgs) => staffFault(role, practice, orgs),
      entry(context, "account.invited", { account, role, again: false }),
    );
    if (code) throw errors.FAULT({ data: { code } });
    hub.bus.announce("people");
    return { id, ...told };
  }),

  inviteAgain: doors.directory.inviteAgain.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const may = await another(context, "directory.inviteAgain", input.id);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { id, account, role } = may.found;
    const { kept, told } = invitation(hub);
    const body = { account, role, again: true };
    const ended = await hub.staff.inviteAgain(id, kept, entry(context, "account.invited", body));
    if (!ended) throw errors.FAULT({ data: { code: "account.lastManager" } });
    await out(context, id, ended);
    hub.bus.announce("people");
    return { id, ...told };
  }),

  change: doors.directory.change.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const found = await hub.staff.find(input.id);
    if (!found || found.state === "retired" || (found.demo && !hub.demo))
      throw errors.FAULT({ data: { code: "account.unknown" } });
    const { id, name, practice } = input;
    const body = { account: found.account, name, ...(practice ? { org: practice.org } : {}) };
    const code = await hub.staff.change(
      id,
      { name, practice },
      (orgs) => staffFault(found.role, practice, orgs),
      entry(context, "account.changed", body),
    );
    if (code) throw errors.FAULT({ data: { code } });
    hub.bus.announce("people");
    return { id };
  }),

  retire: doors.directory.retire.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const may = await another(context, "directory.retire", input.id);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { id, account } = may.found;
    const ended = await hub.staff.retire(id, hub.clock.now(), entry(context, "account.retired", { account }));
    if (!ended) throw errors.FAULT({ data: { code: "account.lastManager" } });
    await out(context, id, ended);
    hub.bus.announce("people");
    return { id };
  }),

  stationCode: doors.directory.stationCode.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const code = pairingFault(input, await hub.staff.orgs());
    if (code) throw errors.FAULT({ data: { code } });
    const { code: made, until } = await hub.newEnrolCode(input);
    await hub.records.append([entry(context, "station.codeMade", input)]);
    return { code: made, until: instant(until) };
  }),

  pairStation: doors.directory.pairStation.handler(async ({ input, context, errors }) => {
    const { hub } = context;
    const { station, ...pairing } = input;
    if (!(await hub.directory.station(station))) throw errors.FAULT({ data: { code: "station.unknown" } });
    const written = entry(context, "station.paired", input);
    const code = await hub.staff.pair(station, pairing, (orgs) => pairingFault(pairing, orgs), written);
    if (code) throw errors.FAULT({ data: { code } });
    hub.bus.announce("people");
    return {};
  }),
};
