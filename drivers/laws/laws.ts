import type { Profile } from "../kit/index.ts";
import { cutFrame, goodBehindBent, wrongByte } from "./broken-bytes.ts";
import { forbiddenBytes, survivesJson } from "./data.ts";
import type { Law, LawCase } from "./law.ts";
import { askedAgain, privateInRecords } from "./records.ts";
import { randomBytesLaw } from "./random-bytes.ts";
import { everyChoice } from "./settings.ts";
import { endsInTime, faultyGivesNothing, reachesMeasurement } from "./simulated.ts";
import { anyPieces, manyValues, noByteLost, roundTrip, takenForItself } from "./table-and-wire.ts";
import { absentValue, impossibleNumber, specialValue } from "./values.ts";
import { wrongBit, wrongPair } from "./wrong-bits.ts";

export interface Effort {
  /** How many random bytes each profile hears. */
  readonly randomBytes: number;
}

/** Every law, in the order in which a person would want to hear of a fault. */
export const lawsWith = ({ randomBytes }: Effort): readonly Law[] => [
  survivesJson,
  forbiddenBytes,
  everyChoice,
  takenForItself,
  roundTrip,
  manyValues,
  anyPieces,
  noByteLost,
  wrongByte,
  wrongBit,
  wrongPair,
  goodBehindBent,
  cutFrame,
  randomBytesLaw(randomBytes),
  impossibleNumber,
  specialValue,
  absentValue,
  askedAgain,
  privateInRecords,
  reachesMeasurement,
  endsInTime,
  faultyGivesNothing,
];

/** With the effort that whoever writes a profile waits for. `profile check` runs these. */
export const laws: readonly Law[] = lawsWith({ randomBytes: 1_000_000 });

/** Every case of every law for one profile. */
export function* casesOf(profile: Profile): Generator<{ readonly law: Law; readonly case: LawCase }> {
  for (const law of laws) for (const each of law.cases(profile)) yield { law, case: each };
}
