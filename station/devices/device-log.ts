import { mayNamePersons } from "../../drivers/kit/index.ts";
import type { Logger } from "../log/logger.ts";
import type { Device } from "./device.ts";

/**
 * The logger of one device. What may name a person (a card, a code, an id that somebody typed into a cuff, the patient
 * record of an analyser) passes in any chunk, whole or broken: of such a profile no byte is logged, in either direction.
 */
export function deviceLog(log: Logger, { id, profile }: Pick<Device, "id" | "profile">): Logger {
  const own = log.with({ device: id });
  return mayNamePersons(profile) ? { ...own, bytes: () => {} } : own;
}
