import { documentOf } from "../../core/care/contract.ts";
import { acting, keep } from "../care/acting.ts";
import { acceptance } from "../care/contract-acts.ts";
import { teamOf } from "../care/contracts.ts";
import { mostTeam } from "../../core/contract/hub-contracts.ts";
import { doors, refused } from "./context.ts";
import { states } from "./feed.ts";

/** Family doctors and the residents who chose them. Nothing here makes a contract: `care/contract-acts.ts` does. */
export const contract = {
  doctors: doors.contract.doctors.handler(async ({ context: { hub, who } }) => [
    ...(await teamOf(hub, who.id)).slice(0, mostTeam),
  ]),

  mine: doors.contract.mine.handler(async ({ context }) =>
    states({ operation: "contract.mine", context, topics: ["care"] }, async () => {
      const { hub, who } = context;
      const value = [...(await hub.care.contractsWith(who.id))];
      return { value };
    }),
  ),

  accept: doors.contract.accept.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "contract.accept", "contract", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    if (record.doctor.person !== who.id) {
      await refused(context, "contract.accept", id);
      throw errors.FAULT({ data: { code: "care.notYours" } });
    }
    if (record.state !== "asked") throw errors.FAULT({ data: { code: "care.notNow" } });
    const signed = await hub.signer.sign(who, "contract", documentOf(record));
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const moves = await acceptance(hub, record, signed.signature);
    const kept = await keep(context, "contract.accept", "contract", record.resident, { moves });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  decline: doors.contract.decline.handler(async ({ input: { id, reason }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "contract.decline", "contract", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    const { person, org } = record.doctor;
    if (person !== who.id && hub.care.ladder.isActive(person, org)) {
      await refused(context, "contract.decline", id);
      throw errors.FAULT({ data: { code: "care.notYours" } });
    }
    const kept = await keep(context, "contract.decline", "contract", record.resident, {
      moves: [{ of: "contract", id, input: { kind: "decline", by: who.id, at: hub.clock.now(), reason } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),
};
