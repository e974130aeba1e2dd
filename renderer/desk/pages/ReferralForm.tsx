import { useState, type SyntheticEvent } from "react";
import { hourMs } from "../../../core/care/hours.ts";
import { outcomes, rejections, type Referral } from "../../../core/care/referral-parts.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import type { HubClient, HubDoor } from "../hub.ts";
import { DayPicker } from "./DayPicker.tsx";
import type { Action } from "./referral-board.ts";
import { useToday, wallDay } from "./work-kit.ts";

type Wish = Parameters<HubClient["referral"]["move"]>[0]["input"];
const withdrawals = ["refused", "died", "moved", "mistake"] as const;

type FieldName = "at" | "department" | "doctor" | "reason" | "detail" | "alternative" | "outcome" | "back";
type Fields = Readonly<Record<FieldName, string>>;

const fieldsOf: Readonly<Record<Action, readonly FieldName[]>> = {
  sign: [],
  accept: ["at", "department", "doctor"],
  reject: ["reason", "detail", "alternative"],
  arrive: [],
  notArrive: [],
  rebook: ["at", "department", "doctor"],
  redirect: ["detail"],
  treat: [],
  return: ["back"],
  receive: [],
  check: ["outcome", "detail"],
  withdraw: ["reason", "detail"],
};
/** Fields that may stay empty. */
const optional: Readonly<Partial<Record<Action, readonly FieldName[]>>> = {
  reject: ["alternative"],
  check: ["detail"],
  redirect: ["detail"],
};

const choices: Readonly<Partial<Record<`${Action}.${FieldName}`, readonly (readonly [string, MessageKey])[]>>> = {
  "reject.reason": rejections.map((one) => [one, `work.reject.${one}`] as const),
  "withdraw.reason": withdrawals.map((one) => [one, `work.withdraw.${one}`] as const),
  "check.outcome": outcomes.map((one) => [one, `work.found.${one}`] as const),
};

/** What an action needs to be told; sent with Enter. The hub says what is missing. */
export function ReferralForm(props: {
  readonly door: HubDoor;
  readonly referral: Referral;
  readonly action: Action;
  readonly busy: boolean;
  readonly run: (action: Action, work: () => Promise<unknown>) => Promise<void>;
}) {
  const text = useText();
  const { door, referral, action } = props;
  const [fields, setFields] = useState<Fields>(() => ({
    at: `${wallDay(Date.now() + 24 * hourMs)}T09:00`,
    department: referral.appointment?.department ?? referral.to.department ?? "",
    doctor: referral.appointment?.doctor ?? "",
    reason: "",
    detail: "",
    alternative: "",
    outcome: "",
    back: "",
  }));
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const { id } = referral;
    const { client } = door;
    void props.run(action, () => {
      if (action === "sign") return client.referral.sign({ id });
      if (action === "return") return client.referral.return({ id, back: fields.back });
      const input = wishOf(action, fields, referral);
      return input ? client.referral.move({ id, input }) : Promise.resolve();
    });
  };
  const input = (name: FieldName, nth: number) => {
    const rows = choices[`${action}.${name}`];
    const shared = {
      "data-testid": `field-${name}`,
      ...(nth === 0 ? { ref: focusNow } : {}),
      required: optional[action]?.includes(name) !== true,
      value: fields[name],
    };
    const put = (value: string) => setFields({ ...fields, [name]: value });
    if (rows)
      return (
        <select {...shared} onChange={(event) => put(event.currentTarget.value)}>
          <option value="" disabled>
            {text("work.choose")}
          </option>
          {rows.map(([value, key]) => (
            <option key={value} value={value}>
              {text.of(key, {})}
            </option>
          ))}
        </select>
      );
    if (name === "back" || name === "detail")
      return <textarea {...shared} maxLength={1_000} onChange={(event) => put(event.currentTarget.value)} />;
    return <input {...shared} maxLength={100} onChange={(event) => put(event.currentTarget.value)} />;
  };
  const names = fieldsOf[action];
  return (
    <form className="referral-form" data-testid={`form-${action}`} onSubmit={send}>
      {names.map((name, nth) =>
        name === "at" ? (
          <When key={name} value={fields.at} first={nth === 0} choose={(at) => setFields({ ...fields, at })} />
        ) : (
          <label key={name} className="work-field">
            {text(`work.field.${name}`)}
            {input(name, nth)}
          </label>
        ),
      )}
      <div className="work-foot">
        <button
          type="submit"
          className="main"
          data-testid="referral-send"
          disabled={props.busy}
          ref={names.length === 0 ? focusNow : undefined}
        >
          {text("work.referral.send", { what: text(`work.referral.do.${action}`) })}
        </button>
      </div>
    </form>
  );
}

/** Every half hour of a working day. */
const hours = Array.from(
  { length: 27 },
  (_, nth) => `${String(7 + Math.floor(nth / 2)).padStart(2, "0")}:${nth % 2 === 0 ? "00" : "30"}`,
);

/** Day and time of an appointment on the wall, `YYYY-MM-DDTHH:MM`. */
function When(props: { readonly value: string; readonly first: boolean; readonly choose: (at: string) => void }) {
  const text = useText();
  const { value, choose } = props;
  const today = useToday();
  const day = value.slice(0, 10);
  const time = value.slice(11);
  return (
    <div className="when">
      <DayPicker
        label={text("work.field.at")}
        testId="field-at"
        required
        focus={props.first ? focusNow : undefined}
        value={day}
        first={today}
        choose={(other) => choose(`${other === "" ? day : other}T${time}`)}
      />
      <label className="work-field">
        {text("work.field.time")}
        <select
          data-testid="field-time"
          value={time}
          onChange={(event) => choose(`${day}T${event.currentTarget.value}`)}
        >
          {hours.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Undefined where a choice was not made; the form does not send then. */
function wishOf(action: Action, fields: Fields, { to }: Referral): Wish | undefined {
  const { department, doctor, detail, alternative } = fields;
  const appointment = { at: Date.parse(fields.at), department, doctor };
  switch (action) {
    case "accept":
    case "rebook":
      return { kind: action, appointment };
    case "reject": {
      const reason = rejections.find((one) => one === fields.reason);
      return reason && { kind: action, reason, detail, ...(alternative.trim() === "" ? {} : { alternative }) };
    }
    case "redirect":
      return { kind: action, to, ...(detail.trim() === "" ? {} : { summary: detail }) };
    case "check": {
      const outcome = outcomes.find((one) => one === fields.outcome);
      return outcome && { kind: action, outcome, ...(detail.trim() === "" ? {} : { detail }) };
    }
    case "withdraw": {
      const reason = withdrawals.find((one) => one === fields.reason);
      return reason && { kind: action, reason, detail };
    }
    case "arrive":
    case "notArrive":
    case "treat":
    case "receive":
      return { kind: action };
    case "sign":
    case "return":
      return undefined;
  }
}
