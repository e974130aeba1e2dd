import { tristate } from "../../../core/care/prescription-parts.ts";
import { useText } from "../../parts/language.tsx";
import type { DrugList } from "./drug-words.ts";
import { allergyWords, conditionWords, takingWords } from "./list-words.ts";
import { ListPick } from "./ListPick.tsx";
import type { PatientForm } from "./rx-draft.ts";

const livers = ["normal", "impaired", "unknown"] as const;

/** What the checks need to know of the person; signed with the prescription. */
export function RxPatient(props: {
  readonly list: DrugList | undefined;
  readonly patient: PatientForm;
  readonly change: (part: Partial<PatientForm>) => void;
}) {
  const text = useText();
  const { list, patient, change } = props;
  const typed = (name: "age" | "weight" | "egfr", label: string) => (
    <label>
      <span>{label}</span>
      <input
        data-testid={`patient-${name}`}
        inputMode="decimal"
        value={patient[name]}
        onChange={(event) => change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  const yesNo = (name: "pregnant" | "breastfeeding", label: string) => (
    <label>
      <span>{label}</span>
      <select
        data-testid={`patient-${name}`}
        value={patient[name]}
        onChange={({ currentTarget: { value } }) =>
          change({ [name]: tristate.options.find((one) => one === value) ?? "unknown" })
        }
      >
        {tristate.options.map((one) => (
          <option key={one} value={one}>
            {text(`work.tristate.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
  const ticked = (name: "asked" | "guardianPresent" | "pediatricDoctor", label: string) => (
    <label className="rx-tick">
      <input
        type="checkbox"
        data-testid={`patient-${name}`}
        checked={patient[name]}
        onChange={(event) => change({ [name]: event.currentTarget.checked })}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <fieldset className="rx-patient-form">
      <legend>{text("work.patient.title")}</legend>
      {typed("age", text("work.patient.ageField"))}
      <label>
        <span>{text("work.patient.sex")}</span>
        <select
          data-testid="patient-sex"
          value={patient.sex}
          onChange={({ currentTarget: { value } }) => change({ sex: value === "male" ? "male" : "female" })}
        >
          <option value="female">{text("desk.resident.female")}</option>
          <option value="male">{text("desk.resident.male")}</option>
        </select>
      </label>
      {typed("weight", text("work.patient.weight"))}
      {typed("egfr", text("work.patient.egfr"))}
      <label className="rx-wide">
        <span>{text("work.patient.liver")}</span>
        <select
          value={patient.liver}
          onChange={({ currentTarget: { value } }) =>
            change({ liver: livers.find((one) => one === value) ?? "unknown" })
          }
        >
          {livers.map((one) => (
            <option key={one} value={one}>
              {text(`work.patient.liver.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {patient.sex === "female" && yesNo("pregnant", text("work.patient.pregnant"))}
      {patient.sex === "female" && yesNo("breastfeeding", text("work.patient.breastfeeding"))}
      {ticked("asked", text("work.patient.asked"))}
      {list && (
        <>
          <ListPick
            name="allergies"
            words={allergyWords(text, list)}
            value={patient.allergies}
            // Who says what somebody reacts to has asked.
            change={(allergies) => change({ allergies, ...(allergies.length > 0 ? { asked: true } : {}) })}
          />
          <ListPick
            name="conditions"
            words={conditionWords(text, list)}
            value={patient.conditions}
            change={(conditions) => change({ conditions })}
          />
          <ListPick
            name="taking"
            words={takingWords(text, list)}
            value={patient.taking}
            change={(taking) => change({ taking })}
          />
        </>
      )}
      {Number(patient.age) < 6 && patient.age.trim() !== "" && (
        <>
          {ticked("guardianPresent", text("work.patient.guardian"))}
          {ticked("pediatricDoctor", text("work.patient.pediatric"))}
        </>
      )}
    </fieldset>
  );
}
