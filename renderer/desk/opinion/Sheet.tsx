import { longestPart, type Soap } from "../../../core/care/soap.ts";
import { useText } from "../../parts/language.tsx";
import type { Draft } from "../draft.ts";

const parts = ["subjective", "objective", "assessment", "plan"] as const satisfies readonly (keyof Soap)[];

/** S, O, A and P. The first two stand as the visit fills them until somebody writes there; the other two are the doctor's own. */
export function Sheet(props: {
  readonly draft: Draft;
  readonly visit: Pick<Soap, "subjective" | "objective">;
  readonly disabled: boolean;
  readonly change: (part: Partial<Draft>) => void;
}) {
  const text = useText();
  const { draft, visit } = props;
  const shown: Soap = { ...visit, ...withoutGaps(draft), assessment: draft.assessment, plan: draft.plan };
  return (
    <div className="soap">
      {parts.map((part) => (
        <label key={part}>
          <span>{text(`desk.soap.${part}`)}</span>
          <textarea
            data-testid={`soap-${part}`}
            maxLength={longestPart}
            disabled={props.disabled}
            value={shown[part]}
            onChange={(event) => props.change({ [part]: event.target.value })}
          />
        </label>
      ))}
    </div>
  );
}

const withoutGaps = ({ subjective, objective }: Draft) => ({
  ...(subjective === undefined ? {} : { subjective }),
  ...(objective === undefined ? {} : { objective }),
});
