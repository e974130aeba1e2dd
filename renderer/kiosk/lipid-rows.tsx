import { itemName } from "../../core/i18n/advice.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { useText } from "../parts/language.tsx";
import { ReadingRow } from "../parts/reading.tsx";
import { SeverityMark } from "../parts/severity.tsx";
import type { Judgement } from "./judged.ts";

/** What the rules judge is shown with its judgement, in mmol/L; what they do not judge, as the device gave it. */
const judgedBy: Readonly<Record<string, string>> = {
  "cholesterol.total": "lipid_tc",
  "cholesterol.hdl": "lipid_hdl",
  "cholesterol.ldlCalculated": "lipid_ldl",
  triglyceride: "lipid_tg",
};

export function LipidRows({ measurement, assessments }: { readonly measurement: Measurement; readonly assessments: readonly Judgement[] }) {
  const text = useText();
  const judged = new Set(assessments.map(({ domain }) => domain));
  const plain = measurement.readings.filter(({ quantity }) => !judged.has(judgedBy[quantity] ?? ""));
  return (
    <dl className="readings" data-testid="lipids">
      {assessments.map((one) => (
        <div className="reading-row" key={one.domain} data-testid={one.domain}>
          <dt>{itemName(text.language, one.domain)}</dt>
          <dd>
            <span className="number number-row">{one.value ?? "–"}</span> <span className="unit">{one.value === undefined ? "" : text("kiosk.unit.mmolL")}</span>
          </dd>
          <SeverityMark severity={one.severity} level={false} />
        </div>
      ))}
      {plain.map((reading) => (
        <ReadingRow key={reading.quantity} reading={reading} />
      ))}
    </dl>
  );
}
