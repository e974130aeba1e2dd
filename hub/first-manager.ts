import { v7 as uuidv7 } from "uuid";
import { instant } from "../core/domain/time.ts";
import type { HubParts } from "./api/context.ts";
import { invitationMs } from "./api/directory.ts";
import { codeHash, freshCode } from "./http/codes.ts";

/** What the one who set the hub up reads to the county's first administrator, or is it themselves. */
export interface FirstManager {
  readonly account: string;
  readonly code: string;
  /** ISO 8601 UTC. */
  readonly until: string;
}

const actor = { role: "hub", id: "hub" } as const;

/**
 * Everything else is done by managers; the first is invited by whoever holds the hub's machine. Undefined where there is one, or one
 * of the demonstration. A manager
 * who never came is asked anew. `anyway`: also where there is one, for who lost phone or password and has nobody to ask.
 */
export async function inviteFirstManager(hub: HubParts, anyway = false): Promise<FirstManager | undefined> {
  const all = await hub.staff.all(true);
  if (!anyway && all.some(({ role, state, demo }) => role === "manager" && state === "active" && (!demo || hub.demo)))
    return undefined;
  const code = freshCode();
  const expiresAt = hub.clock.now() + invitationMs;
  const kept = { hash: codeHash(code), expiresAt };
  const before = all.find((one) => one.role === "manager" && one.state === "invited" && !one.demo);
  const account = before?.account ?? freeName(all.map((one) => one.account));
  const entry = {
    id: uuidv7(),
    type: "account.invited" as const,
    actor,
    subject: null,
    visit: null,
    body: { account, role: "manager", again: before !== undefined },
  };
  if (before) await hub.staff.inviteAgain(before.id, kept, entry);
  else await hub.staff.invite({ id: uuidv7(), account, name: account, role: "manager" }, kept, () => undefined, entry);
  return { account, code, until: instant(expiresAt) };
}

/** `manager`, or with the first number that nobody had. */
function freeName(taken: readonly string[]): string {
  for (let nth = 1; ; nth += 1) {
    const name = nth === 1 ? "manager" : `manager${nth}`;
    if (!taken.includes(name)) return name;
  }
}
