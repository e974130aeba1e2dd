import { useState } from "react";
import { nameOf, deviceOf } from "./device-words.tsx";
import { dayIn, DayField } from "./number-pad.tsx";
import { Card, Data, FaultNote, Field, Page } from "./parts.tsx";
import { qualityOf } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** The yearly certificate of a metrology body, copied from its paper: it is about the unit with this serial number. */
export function VerifyPage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, quality, back } = usePlace();
  const known = deviceOf(devices, id)?.serialNumber ?? qualityOf(quality, id)?.serialNumber ?? "";
  const [number, setNumber] = useState("");
  const [issuer, setIssuer] = useState("");
  const [issued, setIssued] = useState("");
  const [validUntil, setValidUntil] = useState("");
  const [serialNumber, setSerialNumber] = useState(known);
  const [typed, setItems] = useState<string>();
  // The usual ones, in the language of the page, until somebody writes others.
  const items = typed ?? tech("tech.verify.items.usual");
  const listed = items
    .split(/[,，、;；\n]/)
    .map((item) => item.trim())
    .filter(Boolean);
  const [from, to] = [dayIn(issued), dayIn(validUntil)];
  const ready =
    [number, issuer, serialNumber].every((one) => one.trim() !== "") &&
    from !== undefined &&
    to !== undefined &&
    from < to &&
    listed.length > 0;
  const record = useAct((client, own) =>
    client.quality.verification.record({
      ...own,
      certificate: {
        device: id,
        number: number.trim(),
        issuer: issuer.trim(),
        issued: from ?? "",
        validUntil: to ?? "",
        serialNumber: serialNumber.trim(),
        items: listed,
      },
    }),
  );
  return (
    <Page name="verify" title={tech("tech.verify.title")} note={<Data>{nameOf(devices, id)}</Data>}>
      <Card title={tech("tech.verify.paper")}>
        <p>{tech("tech.verify.what")}</p>
        <form
          className="tech-form tech-form-wide"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void record.run().then((answer) => answer && back());
          }}
        >
          <Field
            first
            label={tech("tech.certificate.number")}
            value={number}
            onChange={setNumber}
            maxLength={120}
            testId="verify-number"
          />
          <Field
            label={tech("tech.verify.issuer")}
            value={issuer}
            onChange={setIssuer}
            maxLength={120}
            testId="verify-issuer"
          />
          <DayField label={tech("tech.verify.issued")} value={issued} onChange={setIssued} testId="verify-issued" />
          <DayField
            label={tech("tech.certificate.until")}
            value={validUntil}
            onChange={setValidUntil}
            testId="verify-until"
          />
          <Field
            label={tech("tech.serialNumber")}
            value={serialNumber}
            onChange={setSerialNumber}
            maxLength={120}
            testId="verify-serial"
          />
          <Field label={tech("tech.verify.items")} value={items} onChange={setItems} rows={2} maxLength={400} />
          <FaultNote code={record.fault} />
          <button
            type="submit"
            className="press press-main"
            disabled={!ready || record.busy}
            {...(ready ? {} : { "data-disabled": "" })}
            data-testid="verify-record"
          >
            {tech("tech.verify.record")}
          </button>
        </form>
      </Card>
    </Page>
  );
}
