import { isShownAgain, shownAgain, stepsOf, type Step } from "../../../core/machine/steps.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { useShown } from "../use-kiosk.ts";
import { CuffStep, FastingStep, MealStep } from "./prepare-choice.tsx";
import { AskStep } from "./prepare-ask.tsx";
import { RestStep } from "./prepare-rest.tsx";
import { ShowStep } from "./prepare-show.tsx";

/** What comes before a measurement, one step at a time; which steps, and in what order, stands in `stepsOf`. */
export function Prepare({ check, step }: { readonly check: OfferedKind; readonly step: number }) {
  const found: Step | undefined = stepsOf[check][step];
  const place = { check, step };
  const { screen } = useShown();
  const isShown = screen.at === "prepare" && screen.again === "show";
  switch (found?.kind) {
    case undefined:
      return null;
    case "ask":
      return isShown && isShownAgain(found.id) ? (
        <ShowStep id={shownAgain[found.id]} {...place} />
      ) : (
        <AskStep id={found.id} {...place} />
      );
    case "show":
      return <ShowStep id={found.id} {...place} />;
    case "cuff":
      return <CuffStep {...place} />;
    case "meal":
      return <MealStep {...place} />;
    case "fasting":
      return <FastingStep {...place} />;
    case "rest":
      return <RestStep {...place} />;
  }
}
