import { z } from "zod";

/**
 * Hospitals that a station's residents go to: data of the place, in the station's folder. Registration is only ever a link and a
 * telephone: nothing here books anything.
 */
const both = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(300) });

/** Sorts of complaint, each a picture. At most nine. */
export const complaints = [
  "heart",
  "pressure",
  "sugar",
  "breath",
  "head",
  "stomach",
  "bones",
  "eyes",
  "other",
] as const;
export type Complaint = (typeof complaints)[number];

export const hospitalSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,60}$/),
  specimen: z.boolean(),
  name: both,
  address: both,
  /** How to get there, in plain words. */
  way: both,
  hours: both,
  telephone: z.string().regex(/^[0-9+ -]{3,24}$/),
  /** Opened on one's own phone by a code. */
  registration: z.url({ protocol: /^https$/, hostname: /^[a-z0-9.-]+$/ }).max(400),
  departments: z
    .array(both.pick({ zh: true, en: true }).extend({ for: z.array(z.enum(complaints)).min(1) }))
    .min(1)
    .max(40),
});
export type Hospital = z.infer<typeof hospitalSchema>;

/** A villager's screen has two choices. */
export const mostHospitals = 2;
/** The nearest first, as the file has them. */
export const hospitalsSchema = z.strictObject({ hospitals: z.array(hospitalSchema).min(1).max(mostHospitals) });

/** Which department sees to it, in the hospital's own words; undefined: it has none for that, or does not say. */
export function departmentFor({ departments }: Hospital, complaint: Complaint) {
  const found = departments.find(({ for: sorts }) => sorts.includes(complaint));
  return found && { zh: found.zh, en: found.en };
}
