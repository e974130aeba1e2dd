import { v5 as uuidv5 } from "uuid";
import type { MessageLeft } from "../../core/care/messages.ts";
import type { Joined, RecordRef } from "../../core/care/same-person.ts";
import { instant } from "../../core/domain/time.ts";
import type { HubContext } from "../api/context.ts";

/** Namespace of what is told about a joining or a parting: told again, it is the same message. */
const tellings = "1d0d9b52-6a4e-5f1c-9a86-0d9b7f7c2e51";

/**
 * Both hear of it, each at their own station and under their own record: if it was wrong, they are two people. What one of them
 * hears says nothing of the other. Who does not come in a week is talked to by a person.
 */
async function tell(
  { hub, who }: HubContext,
  of: { readonly id: string; readonly at: string; readonly records: readonly RecordRef[] },
  sentences: MessageLeft["sentences"],
): Promise<void> {
  const org = (await hub.directory.account(who.id))?.practice?.orgName;
  for (const { station, resident } of of.records)
    await hub.care.leave(
      {
        id: uuidv5(`${of.id} ${station} ${resident}`, tellings),
        station,
        resident,
        from: { name: who.name, ...(org === undefined ? {} : { org }) },
        at: of.at,
        sentences,
        worse: ["loop.worse.callUs"],
      },
      { role: who.role, id: who.id },
      null,
    );
}

const whys = { code: "loop.say.joinedByCode", person: "loop.say.joinedByPerson" } as const;

export const tellJoined = (context: HubContext, { id, one, other, why, at }: Joined): Promise<void> =>
  tell(context, { id, at, records: [one, other] }, [
    { key: "loop.say.recordsJoined" },
    ...why.map((each) => ({ key: whys[each] })),
  ]);

/** `id`: of the parting. The reason is read by both. */
export const tellParted = (context: HubContext, id: string, { one, other }: Joined, reason: string): Promise<void> =>
  tell(context, { id, at: instant(context.hub.clock.now()), records: [one, other] }, [
    { key: "loop.say.recordsParted", params: { reason } },
  ]);
