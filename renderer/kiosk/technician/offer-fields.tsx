import { createContext, useContext, type ReactNode } from "react";
import { complaints, type Complaint } from "../../../core/domain/hospitals.ts";
import type { TechnicianKey } from "../../../core/i18n/technician.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { NumberField } from "./number-pad.tsx";
import type { Both, Problem } from "./offer-draft.ts";
import { Choices, Field } from "./parts.tsx";
import { useTech } from "./words.ts";

/** Why what stands at a place was not taken. */
const Wrong = createContext<(path: string) => Problem | undefined>(() => undefined);
export const WrongProvider = Wrong.Provider;

export function useWrong(path: string): string | undefined {
  const tech = useTech();
  const problem = useContext(Wrong)(path);
  return problem && tech.said(problem.reason);
}

export function WrongNote({ path }: { readonly path: string }) {
  const wrong = useWrong(path);
  return wrong === undefined ? null : <p className="tech-wrong">{wrong}</p>;
}

export function TextField(props: {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
}) {
  const { path, ...rest } = props;
  return <Field {...rest} wrong={useWrong(path)} testId={`offer-${path}`} />;
}

/** The same in both languages, side by side. */
export function BothField(props: {
  readonly label: string;
  readonly path: string;
  readonly value: Both;
  readonly onChange: (value: Both) => void;
  readonly rows?: number;
}) {
  const tech = useTech();
  const { label, path, value, onChange, ...rest } = props;
  const base = path === "" ? "" : `${path}.`;
  return (
    <div className="tech-both">
      {(["zh", "en"] as const).map((side) => (
        <TextField
          key={side}
          label={`${label} · ${tech(`tech.offers.${side}`)}`}
          path={`${base}${side}`}
          value={value[side]}
          onChange={(words) => onChange({ ...value, [side]: words })}
          {...rest}
        />
      ))}
    </div>
  );
}

/** A whole number that may stay empty. */
export function CountField(props: {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { path, ...rest } = props;
  return (
    <div>
      <NumberField {...rest} testId={`offer-${path}`} />
      <WrongNote path={path} />
    </div>
  );
}

/** A list whose rows are added and taken away; `path` of the whole list. */
export function Rows<Row>(props: {
  readonly title: TechnicianKey;
  readonly one: TechnicianKey;
  readonly path: string;
  readonly rows: readonly Row[];
  readonly most: number;
  readonly empty: Row;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly children: (row: Row, path: string, set: (row: Row) => void, label: string) => ReactNode;
}) {
  const tech = useTech();
  const { rows, path, onChange } = props;
  return (
    <section className="tech-offer-rows" aria-label={tech(props.title)}>
      <h3>{tech(props.title)}</h3>
      <WrongNote path={path} />
      {rows.map((row, at) => {
        const label = tech(props.one, { n: at + 1 });
        return (
          <fieldset key={at} className="tech-offer-row">
            <legend>{label}</legend>
            {props.children(row, `${path}.${at}`, (next) => onChange(rows.with(at, next)), label)}
            {rows.length > 1 && (
              <Press kind="quiet" onPress={() => onChange(rows.toSpliced(at, 1))} testId={`${path}-remove`}>
                <Icon name="no" />
                {tech("tech.offers.removeRow")}
              </Press>
            )}
          </fieldset>
        );
      })}
      {rows.length < props.most && (
        <Press kind="second" onPress={() => onChange([...rows, props.empty])} testId={`${path}-add`}>
          <Icon name="next" />
          {tech("tech.offers.addRow")}
        </Press>
      )}
    </section>
  );
}

export function ComplaintsField(props: {
  readonly path: string;
  readonly value: readonly Complaint[];
  readonly onChange: (value: readonly Complaint[]) => void;
}) {
  const tech = useTech();
  const text = useText();
  const { value, onChange, path } = props;
  return (
    <fieldset className="tech-choices">
      <legend>{tech("tech.offers.for")}</legend>
      <WrongNote path={path} />
      <div>
        {complaints.map((one) => {
          const chosen = value.includes(one);
          return (
            <label key={one} data-chosen={chosen ? "" : undefined} data-testid={`offer-${path}-${one}`}>
              <input
                type="checkbox"
                className="unseen"
                checked={chosen}
                // In the order of the board, whatever was touched first.
                onChange={() => onChange(complaints.filter((each) => (each === one ? !chosen : value.includes(each))))}
              />
              <Icon name={chosen ? "yes" : "next"} />
              <span>{text(`kiosk.complaint.${one}`)}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

export function SpecimenField(props: { readonly value: boolean; readonly onChange: (value: boolean) => void }) {
  const tech = useTech();
  return (
    <Choices
      label={tech("tech.offers.kindOf")}
      choices={(["real", "specimen"] as const).map((name) => ({ name, says: tech(`tech.offers.${name}`) }))}
      value={props.value ? "specimen" : "real"}
      onChange={(name) => props.onChange(name === "specimen")}
      testId="offer-kind"
    />
  );
}
