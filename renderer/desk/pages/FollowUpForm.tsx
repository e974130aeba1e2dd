import { useState } from "react";
import { followUpFormSchema, type FollowUp, type FollowUpForm as Form } from "../../../core/care/follow-up.ts";
import { controls, ruleOf, type Control, type Programme } from "../../../core/care/schedule.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";

const medications = ["regular", "irregular", "none"] as const;
const contacts = ["station", "clinic", "home", "phone", "video"] as const;

/** The doctor's own fields: what makes a reading a follow-up. Every programme that is due is written in the one visit. */
export function FollowUpForm(props: {
  readonly row: FollowUp;
  readonly busy: boolean;
  readonly send: (form: Form) => void;
}) {
  const text = useText();
  const { row } = props;
  const [standings, setStandings] = useState<Readonly<Partial<Record<Programme, Control>>>>({});
  const [symptoms, setSymptoms] = useState("");
  const [advice, setAdvice] = useState("");
  const [medication, setMedication] = useState<Form["medication"]>();
  const [contact, setContact] = useState<(typeof contacts)[number]>();
  const [next, setNext] = useState("");
  const read = followUpFormSchema.safeParse({
    standings: row.programmes.map((programme) => ({ programme, control: standings[programme] })),
    symptoms,
    advice,
    medication,
    evidence: { measurements: [...row.readings], ...(contact === undefined ? {} : { contact }) },
    ...(next === "" ? {} : { next }),
  });
  return (
    <form
      className="follow-form"
      data-testid="follow-form-fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (read.success) props.send(read.data);
      }}
    >
      {row.programmes.map((programme, nth) => (
        <label key={programme} className="work-field">
          {text(`work.programme.${programme}`)}
          <select
            required
            ref={nth === 0 ? focusNow : undefined}
            data-testid={`control-${programme}`}
            value={standings[programme] ?? ""}
            onChange={({ currentTarget: { value } }) =>
              setStandings({ ...standings, [programme]: controls.find((one) => one === value) })
            }
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {controls
              .filter((control) => ruleOf({ programme, control }) !== undefined)
              .map((control) => (
                <option key={control} value={control}>
                  {text(`work.control.${control}`)}
                </option>
              ))}
          </select>
        </label>
      ))}
      <label className="work-field">
        {text("work.follow.medication")}
        <select
          required
          data-testid="medication"
          value={medication ?? ""}
          onChange={({ currentTarget: { value } }) => setMedication(medications.find((one) => one === value))}
        >
          <option value="" disabled>
            {text("work.choose")}
          </option>
          {medications.map((one) => (
            <option key={one} value={one}>
              {text(`work.medication.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="work-field">
        {text("work.follow.contact")}
        <select
          data-testid="contact"
          value={contact ?? ""}
          onChange={({ currentTarget: { value } }) => setContact(contacts.find((one) => one === value))}
        >
          <option value="">{text("work.follow.contact.none")}</option>
          {contacts.map((one) => (
            <option key={one} value={one}>
              {text(`work.contact.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="work-field">
        {text("work.follow.next")}
        <input
          type="date"
          data-testid="follow-next"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      </label>
      <label className="work-field follow-wide">
        {text("work.follow.symptoms")}
        <textarea
          required
          maxLength={2_000}
          data-testid="symptoms"
          value={symptoms}
          onChange={(event) => setSymptoms(event.currentTarget.value)}
        />
      </label>
      <label className="work-field follow-wide">
        {text("work.follow.advice")}
        <textarea
          required
          maxLength={2_000}
          data-testid="advice"
          value={advice}
          onChange={(event) => setAdvice(event.currentTarget.value)}
        />
      </label>
      <div className="work-foot follow-wide">
        <button type="submit" className="main" data-testid="follow-sign" disabled={props.busy}>
          {text("work.follow.sign")}
        </button>
      </div>
    </form>
  );
}
