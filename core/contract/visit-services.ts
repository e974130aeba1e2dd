import { oc } from "@orpc/contract";
import { z } from "zod";
import { medicineViewSchema } from "../care/medicine.ts";
import { messageLeftSchema } from "../care/messages.ts";
import { packageSchema } from "../care/packages.ts";
import { wantedSchema } from "../care/wish.ts";
import { hospitalSchema } from "../domain/hospitals.ts";
import { declared } from "./errors.ts";
import { drawnSchema, printedSchema, printFaults } from "./printed.ts";

const id = z.uuid();

/** What somebody asked for here, and what the practice answered: the sentences of its last message about it. */
export const wishViewSchema = z.strictObject({
  id: z.uuid(),
  wanted: wantedSchema,
  askedAt: z.string(),
  answer: messageLeftSchema.pick({ sentences: true, at: true }).optional(),
});
export type WishView = z.infer<typeof wishViewSchema>;

/** From the station's own copy: none of it needs a line. For a guest without medicines and wishes. */
export const servicesViewSchema = z.strictObject({
  medicines: z.array(medicineViewSchema),
  /** The newest first, ten at the most. */
  wishes: z.array(wishViewSchema),
  /** Those for this person, the most particular first. */
  packages: z.array(packageSchema),
  hospitals: z.array(hospitalSchema),
});
export type ServicesView = z.infer<typeof servicesViewSchema>;

/** What can be printed besides a visit's slip. */
export const servicePages = ["medicines", "hospitals"] as const;
export type ServicePage = (typeof servicePages)[number];

export const servicesContract = {
  services: oc
    .input(z.strictObject({ visit: id }))
    .output(servicesViewSchema)
    .errors(declared("visit.closed", "store.failed")),
  /** Kept here, and for the practice as soon as there is a line; `care.unknown`: a guest, or a thing that is not on offer. */
  wish: oc
    .input(z.strictObject({ id, visit: id, wanted: wantedSchema }))
    .output(z.strictObject({}))
    .errors(declared("visit.closed", "care.unknown", "store.failed", "store.full", "store.broken")),
  /** As `print` does. */
  printPage: oc
    .input(
      z.strictObject({
        id,
        visit: id,
        language: z.enum(["zh-CN", "en"]),
        page: z.enum(servicePages),
        drawn: drawnSchema,
      }),
    )
    .output(printedSchema)
    .errors(printFaults),
} as const;
