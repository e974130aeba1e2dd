import type { ReferenceInstrument } from "../../../core/journal/quality-bodies.ts";
import { dayIn, DayField, numberIn, NumberField } from "./number-pad.tsx";
import { Card, Field } from "./parts.tsx";
import { useTech } from "./words.ts";

export interface TypedReference {
  readonly name: string;
  readonly serial: string;
  readonly certificate: string;
  readonly validUntil: string;
  readonly errorLimit: string;
}

export const noReference: TypedReference = { name: "", serial: "", certificate: "", validUntil: "", errorLimit: "" };

/** Undefined until everything is there. */
export function referenceOf(typed: TypedReference): ReferenceInstrument | undefined {
  const errorLimit = numberIn(typed.errorLimit);
  const validUntil = dayIn(typed.validUntil);
  const { name, serial, certificate } = typed;
  if (
    validUntil === undefined ||
    [name, serial, certificate].some((one) => one.trim() === "") ||
    errorLimit === undefined
  )
    return undefined;
  return { name: name.trim(), serial: serial.trim(), certificate: certificate.trim(), validUntil, errorLimit };
}

/** The instrument the check is made with: without its certificate the check proves nothing. */
export function ReferenceForm(props: {
  readonly value: TypedReference;
  readonly onChange: (value: TypedReference) => void;
}) {
  const tech = useTech();
  const { value, onChange } = props;
  return (
    <Card title={tech("tech.reference")}>
      <div className="tech-line">
        <Field
          label={tech("tech.reference.name")}
          value={value.name}
          onChange={(name) => onChange({ ...value, name })}
          maxLength={120}
          testId="reference-name"
        />
        <Field
          label={tech("tech.serialNumber")}
          value={value.serial}
          onChange={(serial) => onChange({ ...value, serial })}
          maxLength={120}
          testId="reference-serial"
        />
        <Field
          label={tech("tech.certificate.number")}
          value={value.certificate}
          onChange={(certificate) => onChange({ ...value, certificate })}
          maxLength={120}
          testId="reference-certificate"
        />
        <DayField
          label={tech("tech.certificate.until")}
          value={value.validUntil}
          onChange={(validUntil) => onChange({ ...value, validUntil })}
          testId="reference-until"
        />
        <NumberField
          label={tech("tech.reference.error")}
          value={value.errorLimit}
          onChange={(errorLimit) => onChange({ ...value, errorLimit })}
          testId="reference-error"
        />
      </div>
    </Card>
  );
}
