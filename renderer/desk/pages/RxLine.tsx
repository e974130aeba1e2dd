import { useLayoutEffect, useRef } from "react";
import type { Finding } from "../../../core/care/prescription-checks.ts";
import { doseTimes, mealTimes } from "../../../core/care/prescription-parts.ts";
import { useText } from "../../parts/language.tsx";
import { doseRules, drugOf, drugWord, type DrugList } from "./drug-words.ts";
import { piecesFor, type LineForm } from "./rx-draft.ts";

/** One drug being written: its numbers by the doctor, the list's rules under it, a reason where a check warned. */
export function RxLine(props: {
  readonly nth: number;
  readonly line: LineForm;
  readonly list: DrugList | undefined;
  readonly findings: readonly Finding[];
  /** Just taken: the dose is written next. */
  readonly fresh: boolean;
  readonly change: (part: Partial<LineForm>) => void;
  readonly remove: () => void;
}) {
  const text = useText();
  const { nth, line, list, change } = props;
  const first = useRef<HTMLInputElement>(null);
  // Before the next key is heard.
  useLayoutEffect(() => {
    if (props.fresh) first.current?.focus();
  }, [props.fresh]);
  const drug = drugOf(list, line.drug);
  const worst = props.findings[0]?.severity;
  const warned = line.reason !== "" || props.findings.some(({ severity }) => severity === "warn");
  const number = (name: "amount" | "times" | "days" | "pieces", label: string, placeholder = "") => (
    <label>
      <span>{label}</span>
      <input
        ref={name === "amount" ? first : undefined}
        inputMode="decimal"
        data-testid={`line-${name}`}
        placeholder={placeholder}
        value={line[name]}
        // Another number of doses is said anew, with its times.
        onChange={(event) => change({ [name]: event.currentTarget.value, ...(name === "times" ? { at: [] } : {}) })}
      />
    </label>
  );
  const pieces = piecesFor(line, drug);
  return (
    <li className={`rx-line ${worst === undefined ? "" : `rx-line-${worst}`}`} data-testid="rx-line">
      <div className="rx-line-head">
        <span className="rx-n">{nth + 1}</span>
        <strong>{drugWord(text, list, line.drug)}</strong>
        <span className="hint spread">{drug && doseRules(text, drug).join(" · ")}</span>
        <button
          type="button"
          className="quiet small"
          aria-label={text("work.rx.remove", { n: nth + 1 })}
          onClick={props.remove}
        >
          ×
        </button>
      </div>
      <div className="rx-line-fields">
        {number("amount", text("work.rx.amount", { unit: line.unit }))}
        {number("times", text("work.rx.times"))}
        {number("days", text("work.rx.days"))}
        {number("pieces", text("work.rx.pieces"), pieces === undefined ? "" : String(pieces))}
        <div className="rx-when" role="group" aria-label={text("work.rx.at")}>
          {doseTimes.map((time) => (
            <label key={time}>
              <input
                type="checkbox"
                data-testid={`line-at-${time}`}
                checked={line.at.includes(time)}
                onChange={({ currentTarget: { checked } }) => {
                  const at = doseTimes.filter((one) => (one === time ? checked : line.at.includes(one)));
                  change(at.length === 0 ? { at } : { at, times: String(at.length) });
                }}
              />
              {text(`work.rx.at.${time}`)}
            </label>
          ))}
          <select
            aria-label={text("work.rx.meal")}
            data-testid="line-meal"
            value={line.meal}
            onChange={({ currentTarget: { value } }) => change({ meal: mealTimes.find((one) => one === value) ?? "" })}
          >
            <option value="">{text("work.rx.meal")}</option>
            {mealTimes.map((one) => (
              <option key={one} value={one}>
                {text(`work.rx.meal.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <label className="rx-wide">
          <span>{text("work.rx.note")}</span>
          <input maxLength={500} value={line.note} onChange={(event) => change({ note: event.currentTarget.value })} />
        </label>
        {warned && (
          <label className="rx-wide">
            <span>{text("work.rx.whyStill")}</span>
            <input
              maxLength={500}
              data-testid="line-reason"
              value={line.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </label>
        )}
      </div>
    </li>
  );
}
