import { devicesContract } from "./technician-devices.ts";
import { doctorContract } from "./technician-doctor.ts";
import { lineContract } from "./technician-line.ts";
import { logContract } from "./technician-log.ts";
import { offersContract } from "./technician-offers.ts";
import { staffContract } from "./technician-staff.ts";
import { voiceContract } from "./technician-voice.ts";

/**
 * The technician's place. Every call but those of `staff` up to signing in carries the session that `staff.signIn`
 * answered; `quality` keeps to the same rule. What is asked without one is `staff.signedOut`, what the role may not do
 * is `staff.forbidden`. Calls that write carry an id made by the caller; feeds start with the present state, and end
 * when the session does. Times are UTC instants.
 */
export const technicianContract = {
  staff: staffContract,
  devices: devicesContract,
  doctor: doctorContract,
  line: lineContract,
  log: logContract,
  offers: offersContract,
  voice: voiceContract,
} as const;
