import { useText } from "../parts/language.tsx";
import { SeverityShape, type Severity } from "../parts/severity.tsx";

const words = ["desk.severity.0", "desk.severity.1", "desk.severity.2", "desk.severity.3", "desk.severity.4"] as const;

export function asSeverity(severity: number): Severity {
  return severity === 1 || severity === 2 || severity === 3 || severity === 4 ? severity : 0;
}

/** Shape, color and word: the same shapes as on the kiosk, a doctor's words. */
export function Grade({ severity, word }: { readonly severity: number; readonly word?: string | undefined }) {
  const text = useText();
  const step = asSeverity(severity);
  return (
    <span className={`grade grade-${step}`} data-testid="severity" data-severity={step}>
      <SeverityShape severity={step} />
      <span className="grade-urgency">{text(words[step])}</span>
      {word !== undefined && <span className="grade-word">{word}</span>}
    </span>
  );
}
