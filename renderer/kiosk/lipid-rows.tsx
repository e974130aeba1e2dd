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

/** `brief`: among other results; the unit stands above, the word of each judgement is for readers, the rest is in the full list. */
export function LipidRows(props: {
  readonly measurement: Measurement;
  readonly assessments: readonly Judgement[];
  readonly brief?: boolean;
}) {
  const { measurement, assessments, brief = false } = props;
  const text = useText();
  const judged = new Set(assessments.map(({ domain }) => domain));
  const plain = measurement.readings.filter(({ quantity }) => !judged.has(judgedBy[quantity] ?? ""));
  return (
    <ul className={brief ? "readings readings-brief" : "readings"} data-testid="lipids">
      {assessments.map((one) => (
        <li className="reading-row" key={one.domain} data-testid={one.domain}>
          <span>{itemName(text.language, one.domain)}</span>
          <span>
            <span className="number number-row">{one.value ?? "–"}</span>{" "}
            <span className="unit">{brief || one.value === undefined ? "" : text("kiosk.unit.mmolL")}</span>
          </span>
          <SeverityMark severity={one.severity} level={false} wordHidden={brief} />
        </li>
      ))}
      {!brief && plain.map((reading) => <ReadingRow key={reading.quantity} reading={reading} />)}
    </ul>
  );
}
