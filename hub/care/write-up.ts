import { partIn } from "../api/calls.ts";
import type { HubContext } from "../api/context.ts";
import type { Call } from "../ports/calls.ts";

/** As what one takes part in a call and writes about it. */
export const clinical: readonly string[] = ["villageDoctor", "doctor", "specialist"];

/**
 * Whether somebody may write down what was found in a call: whoever ever owned it, also after its end, and the clinicians who
 * take part in it. A village doctor within a licence: an account without a practice has none.
 */
export async function mayWriteUp({ hub, who }: HubContext, call: Call): Promise<boolean> {
  const party = partIn(call, who);
  const takesPart = party?.kind === "person" && clinical.includes(party.role);
  if (!takesPart && !(await hub.calls.everOwned(call.id, who.id))) return false;
  return who.role !== "villageDoctor" || (await hub.directory.account(who.id))?.practice !== undefined;
}
