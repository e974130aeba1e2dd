import { z } from "zod";
import { followUpFormSchema, type FollowUp, type FollowUpForm as Form } from "../../../core/care/follow-up.ts";
import { controls, programmes, ruleOf } from "../../../core/care/schedule.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import { useKept } from "../drafts.ts";
import { DayPicker } from "./DayPicker.tsx";
import { useToday } from "./work-kit.ts";

const medications = ["regular", "irregular", "none"] as const;
const contacts = ["station", "clinic", "home", "phone", "video"] as const;

/** As they stand, whole or not: kept over a reload. */
const fieldsSchema = z.strictObject({
  standings: z.partialRecord(z.enum(programmes), z.enum(controls).optional()),
  symptoms: z.string(),
  advice: z.string(),
  medication: z.enum(medications).optional(),
  contact: z.enum(contacts).optional(),
  next: z.string(),
});
type Fields = z.infer<typeof fieldsSchema>;
const noFields: Fields = { standings: {}, symptoms: "", advice: "", next: "" };
export const keptFollowUp = (id: string): string => `followUp:${id}`;

/** The doctor's own fields: what makes a reading a follow-up. Every programme that is due is written in the one visit. */
export function FollowUpForm(props: {
  readonly row: FollowUp;
  readonly drafts: DraftStore;
  readonly busy: boolean;
  readonly send: (form: Form) => void;
}) {
  const text = useText();
  const { row } = props;
  const today = useToday();
  const { value: fields, put } = useKept(props.drafts, keptFollowUp(row.id), fieldsSchema, () => noFields);
  const { standings, symptoms, advice, medication, contact, next } = fields;
  const set = (part: Partial<Fields>) => put((before) => ({ ...before, ...part }));
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
              set({ standings: { ...standings, [programme]: controls.find((one) => one === value) } })
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
          onChange={({ currentTarget: { value } }) => set({ medication: medications.find((one) => one === value) })}
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
          onChange={({ currentTarget: { value } }) => set({ contact: contacts.find((one) => one === value) })}
        >
          <option value="">{text("work.follow.contact.none")}</option>
          {contacts.map((one) => (
            <option key={one} value={one}>
              {text(`work.contact.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <DayPicker
        label={text("work.follow.next")}
        testId="follow-next"
        value={next}
        first={today}
        choose={(day) => set({ next: day })}
      />
      <label className="work-field follow-wide">
        {text("work.follow.symptoms")}
        <textarea
          required
          maxLength={2_000}
          data-testid="symptoms"
          value={symptoms}
          onChange={(event) => set({ symptoms: event.currentTarget.value })}
        />
      </label>
      <label className="work-field follow-wide">
        {text("work.follow.advice")}
        <textarea
          required
          maxLength={2_000}
          data-testid="advice"
          value={advice}
          onChange={(event) => set({ advice: event.currentTarget.value })}
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
