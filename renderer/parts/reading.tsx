import { quantities, type Quantity } from "../../core/domain/quantity.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { useText, type Text } from "./language.tsx";

type Reading = Measurement["readings"][number];

const units: Readonly<Record<string, MessageKey>> = {
  "mm[Hg]": "kiosk.unit.mmHg",
  "mmol/L": "kiosk.unit.mmolL",
  "mg/dL": "kiosk.unit.mgdL",
  "umol/L": "kiosk.unit.umolL",
  "/min": "kiosk.unit.perMinute",
  Cel: "kiosk.unit.celsius",
  cm: "kiosk.unit.cm",
  kg: "kiosk.unit.kg",
  "[lb_av]": "kiosk.unit.pound",
  "kg/m2": "kiosk.unit.bmi",
};

/** A unit in the words of the page; "1" has none. An unknown code is shown as it is rather than hidden. */
export function unitWords(text: Text, unit: string): string {
  if (unit === "1") return "";
  const key = units[unit];
  return key === undefined ? unit : text.of(key, {});
}

/** The number with its sign, in the decimals of its unit: `< 2.59`, `7.0`. The sign is never dropped. */
export function numberWords(reading: Reading): string {
  const known = Object.hasOwn(quantities, reading.quantity) ? quantities[reading.quantity] : undefined;
  const whole = reading.unit === "mg/dL" || known === undefined;
  const number = whole ? String(reading.value) : reading.value.toFixed(known.decimals);
  return reading.comparator === undefined ? number : `${reading.comparator} ${number}`;
}

export function quantityWords(text: Text, quantity: string): string {
  const known = Object.hasOwn(quantities, quantity) ? quantities[quantity as Quantity] : undefined;
  if (known === undefined) return quantity;
  return text.language === "en" ? known.en : known.zh;
}

export function readingOf(measurement: Pick<Measurement, "readings">, quantity: Quantity): Reading | undefined {
  return measurement.readings.findLast((reading) => reading.quantity === quantity);
}

/** Upper and lower pressure as one number, the way people say it; undefined when either is missing. */
export function pressureWords(measurement: Pick<Measurement, "readings">): string | undefined {
  const upper = readingOf(measurement, "bp.systolic");
  const lower = readingOf(measurement, "bp.diastolic");
  return upper && lower ? `${numberWords(upper)}/${numberWords(lower)}` : undefined;
}

/** A number that is read from a meter away, with its unit beside it. */
export function BigNumber(props: {
  readonly words: string;
  readonly unit: string;
  readonly size?: "result" | "number";
  readonly testId?: string;
}) {
  return (
    <p className="big-number">
      <span className={`number number-${props.size ?? "result"}`} data-testid={props.testId}>
        {props.words}
      </span>
      {props.unit !== "" && <span className="unit">{props.unit}</span>}
    </p>
  );
}

/** Everything one measurement heard, for kinds that have no number of their own to stand for them. */
export function ReadingList({ measurement }: { readonly measurement: Pick<Measurement, "readings"> }) {
  return (
    <ul className="readings">
      {measurement.readings.map((reading, index) => (
        <ReadingRow key={`${reading.quantity}-${index}`} reading={reading} />
      ))}
    </ul>
  );
}

/** One reading in a row: what it is, how much, in which unit. */
export function ReadingRow({ reading }: { readonly reading: Reading }) {
  const text = useText();
  return (
    <li className="reading-row">
      <span>{quantityWords(text, reading.quantity)}</span>
      <span>
        <span className="number number-row">{numberWords(reading)}</span>{" "}
        <span className="unit">{unitWords(text, reading.unit)}</span>
      </span>
    </li>
  );
}
