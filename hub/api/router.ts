import { ORPCError } from "@orpc/server";
import { instant } from "../../core/domain/time.ts";
import { alarm } from "./alarms.ts";
import { call, queue } from "./calls.ts";
import { doors } from "./context.ts";
import { journal } from "./journal.ts";
import { opinion, visit } from "./visits.ts";

const me = {
  whoami: doors.me.whoami.handler(async ({ context: { who, staysUntil } }) => {
    const until = await staysUntil();
    const { role } = who;
    if (until === undefined) throw new ORPCError("UNAUTHORIZED", { data: { code: "account.signedOut" } });
    // The table of rights lets no other role come here.
    if (role === "resident" || role === "operator")
      throw new ORPCError("FORBIDDEN", { data: { code: "account.forbidden" } });
    return { id: who.id, name: who.name, role, expiresAt: instant(until) };
  }),
};

/** Everything the hub answers. What is not listed here cannot be called. */
export const router = doors.router({ journal, alarm, queue, call, visit, opinion, me });
export type HubRouter = typeof router;
