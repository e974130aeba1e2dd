import { oc } from "@orpc/contract";
import { z } from "zod";
import { packageSchema } from "../care/packages.ts";
import { hospitalSchema } from "../domain/hospitals.ts";
import { declared } from "./errors.ts";
import { refusedProfileSchema } from "./technician-devices.ts";
import { id, sessionSchema as session } from "./technician-parts.ts";

/** What a station offers besides measuring and a technician looks after. */
export const offerKinds = ["hospital", "package"] as const;
export type OfferKind = (typeof offerKinds)[number];

/** `shipped`: comes with the program, and gives way to the first one of the station's own. `own`: in its data folder. */
const from = z.enum(["shipped", "own"]);

export const offersViewSchema = z.strictObject({
  /** As a resident sees them: the nearest hospital first. */
  hospitals: z.array(z.strictObject({ value: hospitalSchema, from })),
  packages: z.array(z.strictObject({ value: packageSchema, from })),
  /** Files of the data folder that do not fit, with every reason; what stood there before is not hidden by them. */
  refused: z.array(refusedProfileSchema),
});
export type OffersView = z.infer<typeof offersViewSchema>;

/** Characters of one hospital or package as JSON. */
const mostOfferText = 60_000;
const offerErrors = ["staff.signedOut", "staff.forbidden", "store.failed", "store.full"] as const;
const item = z.string().min(1).max(200);

export const offersContract = {
  /** Reads the files anew: what somebody copied into the data folder is in force from then on. */
  look: oc
    .input(z.strictObject({ session }))
    .output(offersViewSchema)
    .errors(declared("staff.signedOut", "staff.forbidden")),
  /**
   * Keeps one, in the place of the one of its id, or as a new one; in force at once. `first`: before all others. What is
   * refused leaves everything as it was.
   */
  keep: oc
    .input(
      z.strictObject({
        id,
        session,
        kind: z.enum(offerKinds),
        /** JSON. */
        text: z.string().max(mostOfferText),
        first: z.boolean(),
      }),
    )
    .output(
      z.discriminatedUnion("kept", [
        z.strictObject({ kept: z.literal(true), item: z.string(), view: offersViewSchema }),
        z.strictObject({ kept: z.literal(false), refused: refusedProfileSchema }),
      ]),
    )
    .errors(declared(...offerErrors)),
  /** Takes one away by its id; what is not there any more is gone as well. */
  remove: oc
    .input(z.strictObject({ id, session, kind: z.enum(offerKinds), item }))
    .output(offersViewSchema)
    .errors(declared(...offerErrors)),
  /** Sets a refused file aside, under another name in the same folder. */
  setAside: oc
    .input(z.strictObject({ id, session, file: item }))
    .output(offersViewSchema)
    .errors(declared(...offerErrors)),
} as const;
