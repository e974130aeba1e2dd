import { useState } from "react";
import type { LotView } from "../../../core/contract/quality.ts";
import { isQuantity, quantities } from "../../../core/domain/quantity.ts";
import type { ControlLevel, LotKind } from "../../../core/quality/vocabulary.ts";
import { Press } from "../../parts/press.tsx";
import { nameOf } from "./device-words.tsx";
import { dayIn, DayField, numberIn, NumberField } from "./number-pad.tsx";
import { Card, Choices, Data, Facts, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { analyteWords, dueWords, plain, qualityOf, unitSign } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Strips, reagents and control solutions in use; a new one is opened here and ends the one before it. */
export function LotsPage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { quality, devices } = usePlace();
  const device = qualityOf(quality, id);
  return (
    <Page name="lots" title={tech("tech.lots.title")} note={<Data>{nameOf(devices, id)}</Data>}>
      <div className="tech-grid tech-grid-two">
        {device?.lots.map((lot) => (
          <LotCard key={lot.entry} view={lot} />
        ))}
        <OpenLot device={id} analytes={device?.analytes ?? []} />
      </div>
    </Page>
  );
}

function LotCard({ view }: { readonly view: LotView }) {
  const tech = useTech();
  const { lot } = view;
  const close = useAct((client, own) =>
    client.quality.lots.close({ ...own, device: lot.device, kind: lot.kind, lot: lot.lot }),
  );
  const { words, mark } = dueWords(tech, view.usableUntil);
  return (
    <Card
      title={
        <>
          {tech(`tech.lot.${lot.kind}`)} <Data>{lot.lot}</Data>
        </>
      }
      mark={<Mark kind={view.usable ? mark : "bad"}>{view.usable ? words : tech("tech.lot.unusable")}</Mark>}
      testId="lot"
      actions={
        <Press kind="second" disabled={close.busy} onPress={() => void close.run()} testId="lot-close">
          {tech("tech.lot.close")}
        </Press>
      }
    >
      <Facts
        rows={[
          [
            "tech.lot.of",
            lot.analyte &&
              `${analyteWords(tech, lot.analyte)}${lot.level ? ` ${tech(`tech.level.${lot.level}`)}` : ""}`,
          ],
          [
            "tech.lot.range",
            lot.range && (
              <Data>{`${plain(lot.range.low)} – ${plain(lot.range.high)} ${unitSign(lot.unit ?? "")}`}</Data>
            ),
          ],
          ["tech.lot.expiry", tech.day(lot.expiry)],
          ["tech.lot.opened", tech.day(lot.openedOn)],
          ["tech.lot.openDays", tech("tech.days", { n: lot.openDays })],
          ["tech.lot.usableUntil", tech.day(view.usableUntil)],
          ["tech.lot.by", <Data>{view.openedBy}</Data>],
        ]}
      />
      <FaultNote code={close.fault} />
    </Card>
  );
}

const today = () => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
};

function OpenLot({ device, analytes }: { readonly device: string; readonly analytes: readonly string[] }) {
  const tech = useTech();
  const [kind, setKind] = useState<LotKind>("strip");
  const [lot, setLot] = useState("");
  const [expiry, setExpiry] = useState("");
  const [openedOn, setOpenedOn] = useState(today);
  const [openDays, setOpenDays] = useState("90");
  const [analyte, setAnalyte] = useState(analytes[0] ?? "");
  const [level, setLevel] = useState<ControlLevel>("L1");
  const [low, setLow] = useState("");
  const [high, setHigh] = useState("");
  const [code, setCode] = useState("");
  const units = isQuantity(analyte) ? quantities[analyte].units : [];
  const [unit, setUnit] = useState<string>();
  const days = numberIn(openDays);
  const [from, to] = [numberIn(low), numberIn(high)];
  const ranged = from !== undefined && to !== undefined && from < to;
  const ready =
    lot.trim() !== "" &&
    dayIn(expiry) !== undefined &&
    dayIn(openedOn) !== undefined &&
    days !== undefined &&
    (kind !== "control" || ranged);
  const open = useAct((client, { session, id }) =>
    client.quality.lots.open({
      session,
      id,
      lot: {
        kind,
        device,
        lot: lot.trim(),
        expiry: dayIn(expiry) ?? "",
        openedOn: dayIn(openedOn) ?? "",
        openDays: days ?? 90,
        ...(kind === "control" && ranged
          ? { analyte, level, range: { low: from, high: to }, unit: unit ?? units[0] }
          : {}),
        ...(code.trim() === "" ? {} : { meterCode: code.trim() }),
      },
    }),
  );
  return (
    <Card title={tech("tech.lot.open")} wide>
      <form
        className="tech-form tech-form-wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void open.run().then((answer) => answer && setLot(""));
        }}
      >
        <Choices
          label={tech("tech.lot.kind")}
          choices={(["strip", "reagent", "control"] as const).map((name) => ({ name, says: tech(`tech.lot.${name}`) }))}
          value={kind}
          onChange={setKind}
          testId="lot-kind"
        />
        <Field label={tech("tech.lot.number")} value={lot} onChange={setLot} maxLength={120} testId="lot-number" />
        <DayField label={tech("tech.lot.expiry")} value={expiry} onChange={setExpiry} testId="lot-expiry" />
        <DayField label={tech("tech.lot.opened")} value={openedOn} onChange={setOpenedOn} />
        <NumberField
          label={tech("tech.lot.openDays")}
          value={openDays}
          onChange={setOpenDays}
          unit={tech("tech.unit.days")}
        />
        {kind === "strip" && <Field label={tech("tech.lot.code")} value={code} onChange={setCode} maxLength={40} />}
        {kind === "control" && (
          <>
            {analytes.length > 1 && (
              <Choices
                label={tech("tech.lot.of")}
                choices={analytes.map((name) => ({ name, says: analyteWords(tech, name) }))}
                value={analyte}
                onChange={setAnalyte}
                testId="lot-analyte"
              />
            )}
            <Choices
              label={tech("tech.level")}
              choices={(["L1", "L2"] as const).map((name) => ({ name, says: tech(`tech.level.${name}`) }))}
              value={level}
              onChange={setLevel}
              testId="lot-level"
            />
            <NumberField label={tech("tech.lot.low")} value={low} onChange={setLow} testId="lot-low" />
            <NumberField label={tech("tech.lot.high")} value={high} onChange={setHigh} testId="lot-high" />
            <Choices
              label={tech("tech.unit")}
              choices={units.map((name) => ({ name, says: <Data>{unitSign(name)}</Data> }))}
              value={unit ?? units[0]}
              onChange={setUnit}
              testId="lot-unit"
            />
          </>
        )}
        <FaultNote code={open.fault} />
        <button
          type="submit"
          className="press press-main"
          disabled={!ready || open.busy}
          {...(ready ? {} : { "data-disabled": "" })}
          data-testid="lot-open"
        >
          {tech("tech.lot.open")}
        </button>
      </form>
    </Card>
  );
}
