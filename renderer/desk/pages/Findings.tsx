import type { Finding } from "../../../core/care/prescription-checks.ts";
import { useText } from "../../parts/language.tsx";
import { aboutWord, type DrugList } from "./drug-words.ts";
import { allergyWords, conditionWords, wordOf } from "./list-words.ts";

/** What the checks found, the gravest first. Nothing found is said as that, and not as "good". */
export function Findings({
  findings,
  list,
}: {
  readonly findings: readonly Finding[] | undefined;
  readonly list: DrugList | undefined;
}) {
  const text = useText();
  if (findings === undefined) return null;
  if (findings.length === 0)
    return (
      <p className="finding finding-none" data-testid="findings-none">
        {text("work.findings.none")}
      </p>
    );
  const words = list ? [...allergyWords(text, list), ...conditionWords(text, list)] : [];
  return (
    <ol className="findings" aria-label={text("work.findings")}>
      {findings.map((finding) => {
        const coded = aboutWord(text, list, finding);
        // Groups and conditions go by the words that they were chosen by.
        const about = coded === undefined ? undefined : (wordOf(words, coded) ?? coded);
        const lines = finding.items.map((nth) => nth + 1).join(" + ");
        return (
          <li
            key={`${finding.code}-${lines}-${finding.about ?? ""}`}
            className={`finding finding-${finding.severity}`}
            data-testid={`finding-${finding.code}`}
          >
            <strong>{text(`loop.severity.${finding.severity}`)}</strong>
            <span>
              {lines !== "" && <span className="finding-line">{lines} </span>}
              {text(`loop.finding.${finding.code}`)}
              {about !== undefined && ` ${about}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
