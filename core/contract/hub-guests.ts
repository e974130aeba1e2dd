import { oc } from "@orpc/contract";
import { z } from "zod";
import { passDigits } from "../domain/guests.ts";
import { declared } from "./errors.ts";

const id = z.uuid();
const ok = z.strictObject({});

/**
 * Who watches a call to learn from it, and relatives of the resident. The owner wishes it, the resident says yes or no at the
 * station (`consent.inCall`), and only then the hub asks the one in, or gives out codes for a relative.
 */
export const guestContract = {
  /** `ask` made by the desk; asking twice is asking once. `person`: the colleague who wants to watch; absent: a relative. */
  ask: oc
    .input(z.strictObject({ call: id, ask: id, person: z.string().optional() }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "consult.notInvitable")),
  /** Takes it back, answered or not; codes for it are void. */
  drop: oc
    .input(z.strictObject({ call: id, ask: id }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /**
   * A code for one relative, once: typed into `/family/`, or opened as `/family/#<code>`. The one before is void.
   * `until`: UTC. `consent.notGiven`: the resident has not said yes, or took it back.
   */
  pass: oc
    .input(z.strictObject({ call: id, ask: id }))
    .output(z.strictObject({ code: z.string().length(passDigits), until: z.string() }))
    .errors(declared("consult.notYours", "consult.ended", "consent.notGiven")),
} as const;
