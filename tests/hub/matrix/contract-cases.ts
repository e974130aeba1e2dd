import { listing, ofRecord } from "./care-cases.ts";
import { plain } from "./case.ts";

/** Contracts with a family doctor: no operation makes one. */
export const contractCases = {
  "contract.doctors": plain(({ client }) => client.contract.doctors()),
  "contract.mine": listing("contract", ({ client }) => client.contract.mine()),
  "contract.accept": ofRecord("contract", ({ client }, id) => client.contract.accept({ id }), "sign.locked"),
  "contract.decline": ofRecord("contract", ({ client }, id) => client.contract.decline({ id, reason: "full" })),
} as const;
