import { z } from "zod";
import { contractAskedSchema, contractEndedSchema } from "../care/contract-act.ts";

/** How a contract stands, as the hub tells the station that heard the act. */
const stand = {
  contract: z.uuid(),
  state: z.enum(["active", "declined", "changed", "expired"]),
  /** UTC. */
  at: z.iso.datetime({ precision: 3 }),
  until: z.iso.datetime({ precision: 3 }).optional(),
  /** `unknown`: the hub found no act behind it, or no such doctor. */
  reason: z.enum(["full", "elsewhere", "meetFirst", "unknown"]).optional(),
} as const;
export const contractStandSchema = z.strictObject(stand);
export type ContractStand = z.infer<typeof contractStandSchema>;

/** The contract with a family doctor: the resident's acts at the station, and what became of them. */
export const contractBodies = {
  /** The entry's id is the contract's. */
  "contract.asked": contractAskedSchema,
  "contract.ended": contractEndedSchema,
  /** By the hub, to the station. */
  "contract.answered": z.strictObject({ ...stand, station: z.string().min(1) }),
  /** By the station: heard from the hub. */
  "contract.heard": z.strictObject({ ...stand, hubSeq: z.int().positive() }),
} as const;
