import type { Result, VisitView } from "../../core/contract/views.ts";
import type { Arm } from "../../core/rules/pressure-protocol.ts";
import { isEntered } from "./entered.ts";

/** Which arm the next pressure is to be of, as far as the page has to say it. */
export interface ArmAsked {
  readonly arm: Arm;
  /** The cuff is on the other one now. */
  readonly changes: boolean;
  /** This arm was not measured in this visit, and the other one was: both are being compared. */
  readonly compares: boolean;
}

/** Undefined: whichever arm the cuff is on, as for a guest. */
export function armAsked(visit: Pick<VisitView, "arms" | "results"> | undefined): ArmAsked | undefined {
  const result = visit?.results.find(({ of }) => of === "bloodPressure");
  const { arms } = visit ?? {};
  const arm = result?.arm ?? (arms === "both" ? (result?.compared?.use ?? "left") : arms);
  if (arm === undefined) return undefined;
  const measured = (result?.measurements ?? []).flatMap((one) => (isEntered(one) ? [] : armOf(one)));
  const changes = measured.length > 0 && measured.at(-1) !== arm;
  return { arm, changes, compares: changes && arms === "both" && !measured.includes(arm) };
}

const armOf = ({ context }: Pick<Result["measurements"][number], "context">): readonly unknown[] =>
  context["arm"] === undefined ? [] : [context["arm"]];

export const armWords = { left: "kiosk.arm.left", right: "kiosk.arm.right" } as const satisfies Record<Arm, string>;
export const otherArm = { left: "right", right: "left" } as const satisfies Record<Arm, Arm>;
