import type { Change, Grade } from "../../../core/contract/visit-parts.ts";
import type { Result as ResultView } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { numberWords, pressureWords } from "../../parts/reading.tsx";
import { dayWords } from "../judged.ts";

const lacks = {
  rest: "kiosk.grade.rest",
  prepared: "kiosk.grade.prepared",
  posture: "kiosk.grade.posture",
  twoReadings: "kiosk.grade.twoReadings",
  stable: "kiosk.grade.stable",
  device: "kiosk.grade.device",
  quiet: "kiosk.grade.quiet",
} as const satisfies Record<Grade["missing"][number], string>;

/** What a pressure is worth: for a doctor's decision, or a first look, and what was missing. */
export function GradeLine({ grade }: { readonly grade: Grade }) {
  const text = useText();
  const diagnostic = grade.grade === "diagnostic";
  const between = text.language === "en" ? ", " : "、";
  return (
    <p className="grade" data-testid="grade" data-grade={grade.grade}>
      <Icon name={diagnostic ? "yes" : "clock"} />
      <span>
        {text(diagnostic ? "kiosk.grade.diagnostic" : "kiosk.grade.screening")}
        {grade.missing.length > 0 && (
          <span className="quiet" data-testid="grade-missing">
            {` · ${text("kiosk.grade.missing")} `}
            {grade.missing.map((lack) => text(lacks[lack])).join(between)}
          </span>
        )}
      </span>
    </p>
  );
}

const ways = { up: "kiosk.change.up", down: "kiosk.change.down", same: "kiosk.change.same" } as const;

/** What it was last time, in one sentence; undefined at a first visit. A pressure is told as one number. */
export function changeWords(text: Text, result: Pick<ResultView, "of" | "changes">): string | undefined {
  const [first] = result.changes ?? [];
  if (first === undefined) return undefined;
  const before = (result.changes ?? []).map(({ before: reading }) => reading);
  const v =
    (result.of === "bloodPressure" ? pressureWords({ readings: before }) : undefined) ?? numberWords(first.before);
  return text(ways[first.way], { date: dayWords(text, first.at), v });
}

const signs = {
  up: "M12 20V5M5.500 11.500L12 5l6.500 6.500",
  down: "M12 4v15M5.500 12.500L12 19l6.500-6.500",
  same: "M4 12h16",
};

export function ChangeLine({ result }: { readonly result: ResultView }) {
  const text = useText();
  const words = changeWords(text, result);
  const way: Change["way"] | undefined = result.changes?.[0]?.way;
  if (words === undefined || way === undefined) return null;
  return (
    <p className="change" data-testid="change" data-way={way}>
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={signs[way]} />
      </svg>
      {words}
    </p>
  );
}
