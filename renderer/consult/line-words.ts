import type { Step } from "./ladder.ts";
import type { StepSaid } from "./line.ts";

/** What each side sends, as far as it is known. */
export interface LineSaid {
  readonly own: StepSaid | undefined;
  readonly other: StepSaid | undefined;
}

export const nothingSaid: LineSaid = { own: undefined, other: undefined };

/** The sentence for one side's step. None for how every call begins, and none for a first good picture. */
export function stepKey<Surface extends "kiosk" | "desk">(
  surface: Surface,
  whose: "own" | "other",
  said: StepSaid | undefined,
): `${Surface}.line.${"own" | "other"}.${Step}` | undefined {
  return isWorthSaying(said) ? `${surface}.line.${whose}.${said.step}` : undefined;
}

/** The same of a colleague at the other end. */
export function colleagueKey(said: StepSaid | undefined): `desk.line.colleague.${Step}` | undefined {
  return isWorthSaying(said) ? `desk.line.colleague.${said.step}` : undefined;
}

function isWorthSaying(said: StepSaid | undefined): said is StepSaid {
  return said !== undefined && said.why !== "began" && !(said.step === "video" && said.before === "voice");
}
