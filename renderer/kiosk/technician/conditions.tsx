import type { Condition } from "../../../core/journal/quality-bodies.ts";
import { Mark } from "./parts.tsx";
import { aboutWords, gateMarks } from "./quality-words.ts";
import { useTech } from "./words.ts";

/** Why the gate stands as it does: one line per condition, the worst first. */
export function Conditions({ conditions }: { readonly conditions: readonly Condition[] }) {
  const tech = useTech();
  if (conditions.length === 0) return null;
  const order = { blocked: 0, restricted: 1, ready: 2 };
  return (
    <ul className="tech-reasons" data-testid="conditions">
      {conditions
        .toSorted((a, b) => order[a.state] - order[b.state])
        .map((condition, index) => (
          <li key={index} data-code={condition.code}>
            <Mark kind={condition.state === "ready" ? "care" : gateMarks[condition.state]}>
              {tech.code("qc.condition", condition.code)}
            </Mark>
            <span className="quiet">
              {[
                aboutWords(tech, condition.about),
                condition.dueAt === undefined ? "" : tech("tech.until", { time: tech.day(condition.dueAt) }),
                condition.since === undefined ? "" : tech("tech.since", { time: tech.moment(condition.since) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
    </ul>
  );
}
