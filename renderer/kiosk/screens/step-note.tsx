import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { stepsOf } from "../../../core/machine/steps.ts";
import { useText } from "../../parts/language.tsx";

/** Where a step stands: of which check, and its place in the row. */
export interface StepPlace {
  readonly check: OfferedKind;
  readonly step: number;
}

export const prepareTitles = {
  bloodPressure: "kiosk.prepare.bloodPressure",
  glucose: "kiosk.prepare.glucose",
  lipids: "kiosk.prepare.lipids",
  oximetry: "kiosk.prepare.oximetry",
  temperature: "kiosk.prepare.temperature",
  body: "kiosk.prepare.body",
} as const satisfies Record<OfferedKind, string>;

/** How far the preparation is: dots for the eye, words for everybody. A single step is not counted. */
export function StepNote({ check, step }: StepPlace) {
  const text = useText();
  const all = stepsOf[check];
  if (all.length < 2) return null;
  return (
    <p className="step-note">
      <span className="dots" aria-hidden="true">
        {all.map((_, index) => (
          <i key={index} data-here={index <= step ? "" : undefined} />
        ))}
      </span>
      {text("kiosk.prepare.step", { n: step + 1, of: all.length })}
    </p>
  );
}
