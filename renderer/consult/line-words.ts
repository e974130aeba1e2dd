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
  if (said === undefined || said.why === "began") return undefined;
  if (said.step === "video" && said.before === "voice") return undefined;
  return `${surface}.line.${whose}.${said.step}`;
}
