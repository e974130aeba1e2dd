import { z } from "zod";

/** What a shell says about the station it starts. */
export const settingsSchema = z.strictObject({
  /** Name and place, as the doctor's queue shows them. */
  name: z.string().min(1).max(80).default("健康E站"),
  place: z.string().max(120).default(""),
  /** Whom to call when something is wrong; shown on every fault. */
  keeper: z.string().max(80).default(""),
  /** Whom to call when no doctor can be reached, until the hub says another number. */
  dutyPhone: z
    .string()
    .regex(/^[+]?[0-9][0-9 -]{2,19}$/)
    .optional(),
  /** Version of the program; kept with every measurement. */
  program: z.string().min(1).max(40),
  /** All devices are simulated ones, and specimen residents are brought along. Shown on every page. */
  simulated: z.boolean().default(false),
  /** Which profile speaks on which port. Ports whose USB ids a profile claims need no line here. */
  devices: z.array(z.strictObject({ profile: z.string().min(1), port: z.string().min(1) })).default([]),
  /** Rest between two pressure readings (rules.md §3.1: not less than 60 in earnest). */
  restSeconds: z.int().min(0).max(900).default(60),
});

export type StationSettings = z.output<typeof settingsSchema>;

/** Fills in what was not given. Throws on what does not fit: settings come from a shell, and a wrong one is a bug there. */
export function stationSettings(given: z.input<typeof settingsSchema>): StationSettings {
  return settingsSchema.parse(given);
}

/** `profileId=port`, as the command line gives it; undefined when it is not of that form. */
export function deviceSetting(text: string): StationSettings["devices"][number] | undefined {
  const at = text.indexOf("=");
  return at < 1 || at === text.length - 1 ? undefined : { profile: text.slice(0, at), port: text.slice(at + 1) };
}
