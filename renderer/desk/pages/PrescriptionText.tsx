import type { Finding } from "../../../core/care/prescription-checks.ts";
import type { Prescription } from "../../../core/care/prescription-parts.ts";
import { useText, type Text } from "../../parts/language.tsx";
import { hour } from "../words.ts";
import { drugWord, itemWords, type DrugList } from "./drug-words.ts";
import { Findings } from "./Findings.tsx";
import { allergyWords, conditionWords, wordOf, type ListWord } from "./list-words.ts";
import { wallDay } from "./work-kit.ts";

/** A prescription to be read: what was written, for whom, what the checks found, and what became of it so far. */
export function PrescriptionText(props: {
  readonly prescription: Prescription;
  readonly findings: readonly Finding[];
  readonly list: DrugList | undefined;
  readonly name: string;
  readonly org: string;
}) {
  const text = useText();
  const { prescription, list } = props;
  const { items, diagnosis, course, doctor, signature, validUntil, reviews } = prescription;
  const last = reviews.at(-1)?.review;
  return (
    <section className="pane rx-text" aria-label={text("work.rx.title")} data-testid="rx-text">
      <header className="who">
        <h2>{props.name}</h2>
        <span className="tag">{text(`work.course.${course}`)}</span>
        <span className="tag">{text(`work.rx.state.${prescription.state}`)}</span>
      </header>
      <p className="rx-patient">{patientWords(text, prescription, list)}</p>
      <p>
        <span className="hint">{text("work.rx.diagnosis")}</span> <strong>{diagnosis}</strong>
      </p>
      <ol className="rx-items">
        {items.map((item, nth) => (
          <li key={`${item.drug}-${String(nth)}`}>
            <span className="rx-n">{nth + 1}</span>
            <div>
              <strong>{drugWord(text, list, item.drug)}</strong>
              <p>{itemWords(text, item)}</p>
              {item.note !== undefined && <p className="hint">{item.note}</p>}
              {item.reason !== undefined && (
                <p className="rx-reason">
                  {text("work.rx.reason")} {item.reason}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      <Findings findings={props.findings} list={list} />
      {last && last.verdict !== "accept" && (
        <p className="rx-back" data-testid="rx-back">
          {text(`work.review.was.${last.verdict}`)} {last.reason}
        </p>
      )}
      <p className="hint">
        {doctor.name} · {props.org}
        {signature && ` · ${text("desk.sign.by", { name: signature.by.name, time: hour(signature.at) })}`}
        {signature && ` · ${text("desk.sign.test")}`}
        {validUntil !== undefined && ` · ${text("work.rx.until", { day: wallDay(validUntil - 1) })}`}
      </p>
    </section>
  );
}

/** The catalogue's words for what the checks compared; as typed where it has none. */
const called = (words: readonly ListWord[] | undefined, ids: readonly string[]): string =>
  ids.map((id) => wordOf(words ?? [], id) ?? id).join(", ");

/** What the checks were made with, in one line. */
function patientWords(text: Text, { patient }: Prescription, list: DrugList | undefined): string {
  const { allergies, conditions, taking } = patient;
  const parts = [
    text(`desk.resident.${patient.sex}`),
    text("work.patient.age", { n: patient.ageYears }),
    ...(patient.weightKg === undefined ? [] : [text("work.patient.kg", { n: patient.weightKg })]),
    allergies.asked
      ? allergies.to.length === 0
        ? text("work.patient.noAllergy")
        : text("work.patient.allergicTo", { what: called(list && allergyWords(text, list), allergies.to) })
      : text("work.patient.allergyUnknown"),
    ...(patient.pregnant === "yes" ? [text("desk.fact.pregnant")] : []),
    ...(patient.breastfeeding === "yes" ? [text("work.patient.breastfeeding")] : []),
    patient.egfr === undefined ? text("work.patient.egfrUnknown") : text("work.patient.egfrIs", { n: patient.egfr }),
    text(`work.patient.liver.${patient.liver}`),
    ...(conditions.length === 0
      ? []
      : [text("work.patient.conditionsAre", { what: called(list && conditionWords(text, list), conditions) })]),
    ...(taking.length === 0
      ? []
      : [text("work.patient.takes", { what: taking.map((id) => drugWord(text, list, id)).join(", ") })]),
  ];
  return parts.join(" · ");
}
