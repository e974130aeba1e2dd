import type { DeviceQuality } from "../../../core/contract/quality.ts";
import { Press } from "../../parts/press.tsx";
import { Conditions } from "./conditions.tsx";
import { kindWords, nameOf } from "./device-words.tsx";
import { useFinder } from "./device-finder.tsx";
import { Card, Data, FaultNote, Mark, Page } from "./parts.tsx";
import { analyteWords, gateMarks, verdictMarks } from "./quality-words.ts";
import { saveMonth } from "./month.ts";
import { useAct, usePlace } from "./session.ts";
import { StationClockNote } from "./station-clock.tsx";
import { useTech } from "./words.ts";

const order = { blocked: 0, restricted: 1, ready: 2 } as const;

/** Device by device: may it measure, its lots, controls, charts and comparison. */
export function QualityPage() {
  const tech = useTech();
  const { quality, devices } = usePlace();
  const { found, field } = useFinder(
    (quality?.devices ?? []).toSorted((a, b) => order[a.gate.state] - order[b.gate.state]),
    ({ device, maker, model, measures }) => `${nameOf(devices, device)} ${maker} ${model} ${kindWords(tech, measures)}`,
  );
  return (
    <Page name="quality" title={tech("tech.quality.title")} note={tech("tech.quality.what")}>
      <StationClockNote />
      {field}
      <div className="tech-grid tech-grid-two">
        {found.map((device) => (
          <DeviceCard key={device.device} device={device} />
        ))}
      </div>
    </Page>
  );
}

function DeviceCard({ device }: { readonly device: DeviceQuality }) {
  const tech = useTech();
  const { go, devices } = usePlace();
  const { gate, override, controls } = device;
  const month = useAct((client, { session }) => saveMonth(client, session, device.device));
  const id = device.device;
  return (
    <Card
      title={<Data>{nameOf(devices, id)}</Data>}
      mark={
        <Mark kind={gateMarks[gate.state]} testId={`gate-${gate.state}`}>
          {tech(`qc.state.${gate.state}`)}
        </Mark>
      }
      testId="quality-card"
      device={id}
      actions={
        <>
          {device.needs.strips && (
            <Press kind="second" onPress={() => go({ at: "lots", device: id })} testId="lots-open">
              {tech("tech.lots.title")}
            </Press>
          )}
          {device.needs.comparison && (
            <Press kind="second" onPress={() => go({ at: "comparison", device: id })} testId="comparison-open">
              {tech("tech.comparison.title")}
            </Press>
          )}
          {device.analytes.length > 0 && (
            <Press kind="second" disabled={month.busy} onPress={() => void month.run()} testId="month-pdf">
              {tech("tech.month.pdf")}
            </Press>
          )}
          {(device.latched.length > 0 || gate.conditions.some(({ code }) => code === "controlRejected")) && (
            <Press kind="main" onPress={() => go({ at: "release", device: id })} testId="release-open">
              {tech("tech.release.title")}
            </Press>
          )}
          {gate.state !== "ready" && (
            <Press kind="second" onPress={() => go({ at: "override", device: id })} testId="override-open">
              {tech("tech.override.short", { n: Math.max(0, override.limit - override.used) })}
            </Press>
          )}
        </>
      }
    >
      {override.until !== undefined && (
        <Mark kind="care">{tech("tech.override.until", { time: tech.moment(override.until) })}</Mark>
      )}
      <Conditions conditions={gate.conditions} />
      <FaultNote code={month.fault} />
      <ul className="tech-rows">
        {controls.map((control) => (
          <li key={`${control.analyte} ${control.level}`}>
            <div>
              <strong>
                {analyteWords(tech, control.analyte)} {tech(`tech.level.${control.level}`)}
              </strong>
              <Mark kind={control.state === "missing" ? "none" : verdictMarks[control.state]}>
                {tech(`qc.verdict.${control.state}`)}
              </Mark>
            </div>
            <Press
              kind="second"
              onPress={() => go({ at: "control", device: id, analyte: control.analyte, level: control.level })}
              testId={`run-${control.analyte}-${control.level}`}
            >
              {tech("tech.control.run")}
            </Press>
            <Press
              kind="second"
              onPress={() => go({ at: "chart", device: id, analyte: control.analyte, level: control.level })}
              testId={`chart-${control.analyte}-${control.level}`}
            >
              {tech("tech.chart.short")}
            </Press>
          </li>
        ))}
      </ul>
    </Card>
  );
}
