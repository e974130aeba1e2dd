import { useText } from "../../parts/language.tsx";
import { nextSteps, type Draft, type NextStep } from "../draft.ts";

export function NextSteps(props: {
  readonly value: Draft["next"];
  readonly disabled: boolean;
  readonly choose: (next: NextStep) => void;
}) {
  const text = useText();
  return (
    <fieldset className="next-steps" disabled={props.disabled}>
      <legend>{text("desk.opinion.next")}</legend>
      {nextSteps.map((next) => (
        <label key={next} className={`next-step next-${next}`} data-testid={`next-${next}`}>
          <input
            type="radio"
            name="next-step"
            value={next}
            checked={props.value === next}
            onChange={() => props.choose(next)}
          />
          <span>{text(`desk.opinion.next.${next}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
