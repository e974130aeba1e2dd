import { ORPCError } from "@orpc/server";
import { v7 as uuidv7 } from "uuid";
import type { Colleague, Comer } from "../../core/contract/hub-people.ts";
import { instant } from "../../core/domain/time.ts";
import type { Role } from "../../core/rights.ts";
import { doors, refused, type HubParts } from "./context.ts";
import { states } from "./feed.ts";

const clinical = ["villageDoctor", "doctor", "specialist", "pharmacist"] as const;
const isClinical = (role: Role): role is Colleague["role"] => clinical.some((one) => one === role);

/** The table of rights lets the others never come to the handler. */
function comerOf(role: Role): Comer | undefined {
  if (role === "resident" || role === "observer" || role === "operator") return undefined;
  return role;
}

export const me = {
  whoami: doors.me.whoami.handler(async ({ context }) => {
    const { hub, who } = context;
    const until = await context.staysUntil();
    if (until === undefined) throw new ORPCError("UNAUTHORIZED", { data: { code: "account.signedOut" } });
    const role = comerOf(who.role);
    if (role === undefined) throw new ORPCError("FORBIDDEN", { data: { code: "account.forbidden" } });
    const practice =
      role === "station" || role === "family" ? undefined : (await hub.directory.account(who.id))?.practice;
    return {
      id: who.id,
      name: who.name,
      role,
      expiresAt: instant(until),
      ...(practice ? { practice } : {}),
      ...(who.line.startsWith("person:") ? { draftKey: hub.draftKey(who.id) } : {}),
    };
  }),
};

/** Clinical staff in order of name, and who has a desk open now. */
export async function staff(hub: HubParts): Promise<readonly Colleague[]> {
  const all = await hub.directory.people(clinical, hub.demo);
  return all.flatMap(({ id, name, role, practice }): readonly Colleague[] => {
    if (!isClinical(role)) return [];
    const left = hub.presence.leftAt(`person:${id}`);
    return [
      {
        id,
        name,
        role,
        ...(practice ? { practice } : {}),
        here: hub.presence.isHere(`person:${id}`),
        ...(left === undefined ? {} : { lastHere: instant(left) }),
      },
    ];
  });
}

export const people = {
  colleagues: doors.people.colleagues.handler(async ({ context }) =>
    states({ operation: "people.colleagues", context, topics: ["people"] }, async () => {
      const { hub, who } = context;
      return { value: (await staff(hub)).filter(({ id }) => id !== who.id) };
    }),
  ),

  resetFactor: doors.people.resetFactor.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const account = await hub.directory.accountByName(input.account);
    if (!account) throw errors.FAULT({ data: { code: "account.unknown" } });
    if (account.id === who.id) {
      await refused(context, "people.resetFactor", account.id);
      throw errors.FAULT({ data: { code: "account.forbidden" } });
    }
    await hub.resetFactor(account.id, {
      id: uuidv7(),
      type: "account.factorReset",
      actor: { role: who.role, id: who.id },
      subject: null,
      visit: null,
      body: { account: account.account, reason: input.reason },
    });
    return {};
  }),
};
