import type { Profile } from "../kit/index.ts";
import { cutFrame, goodBehindBent, randomBytes, wrongBitUnchecked, wrongByte } from "./broken-bytes.ts";
import { forbiddenBytes, survivesJson } from "./data.ts";
import type { Law, LawCase } from "./law.ts";
import { endsInTime, faultyGivesNothing, reachesMeasurement } from "./simulated.ts";
import { anyPieces, noByteLost, roundTrip, takenForItself } from "./table-and-wire.ts";
import { impossibleNumber, specialValue } from "./values.ts";

/** Every law, in the order in which a person would want to hear of a fault. The tests and `profile check` run these. */
export const laws: readonly Law[] = [
  survivesJson,
  forbiddenBytes,
  takenForItself,
  roundTrip,
  anyPieces,
  noByteLost,
  wrongByte,
  wrongBitUnchecked,
  goodBehindBent,
  cutFrame,
  randomBytes,
  impossibleNumber,
  specialValue,
  reachesMeasurement,
  endsInTime,
  faultyGivesNothing,
];

/** Every case of every law for one profile. */
export function* casesOf(profile: Profile): Generator<{ readonly law: Law; readonly case: LawCase }> {
  for (const law of laws) for (const each of law.cases(profile)) yield { law, case: each };
}
