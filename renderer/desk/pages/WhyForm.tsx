import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "./Fault.tsx";

/** Something chosen, and why in words. */
export interface Choice<T extends string> {
  readonly label: string;
  readonly options: readonly (readonly [value: T, word: string])[];
}

/** Asks for a choice, where there is one to make, and for words about it; sends both. */
export function WhyForm<T extends string>(props: {
  readonly testId: string;
  readonly choice?: Choice<T> | undefined;
  readonly fault?: FaultCode | undefined;
  readonly busy?: boolean;
  /** `value`: undefined where there was nothing to choose. */
  readonly send: (value: T | undefined, detail: string) => void;
}) {
  const text = useText();
  const { testId, choice } = props;
  const [value, setValue] = useState<T>();
  const [detail, setDetail] = useState("");
  return (
    <form
      className="referral-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.send(value, detail);
      }}
    >
      {choice && (
        <label className="work-field">
          {choice.label}
          <select
            required
            ref={focusNow}
            data-testid={`${testId}-choice`}
            value={value ?? ""}
            onChange={({ currentTarget }) => setValue(choice.options.find(([one]) => one === currentTarget.value)?.[0])}
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {choice.options.map(([one, word]) => (
              <option key={one} value={one}>
                {word}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="work-field">
        {text("work.field.detail")}
        <textarea
          required
          ref={choice ? undefined : focusNow}
          maxLength={1_000}
          data-testid={`${testId}-detail`}
          value={detail}
          onChange={(event) => setDetail(event.currentTarget.value)}
        />
      </label>
      <Fault code={props.fault} />
      <div className="work-foot">
        <button type="submit" className="main" data-testid={`${testId}-send`} disabled={props.busy === true}>
          {text("work.follow.send")}
        </button>
      </div>
    </form>
  );
}
