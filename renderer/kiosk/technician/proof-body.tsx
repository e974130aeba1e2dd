import type { ReactNode } from "react";
import type { Proof } from "../../../core/contract/quality.ts";
import { recognitionWords } from "../../../core/i18n/recognition.ts";
import { typeset } from "../../parts/language.tsx";
import { Data, Facts, Mark } from "./parts.tsx";
import { aboutWords, analyteWords, gateMarks, plain, unitSign, verdictMarks } from "./quality-words.ts";
import { useTech } from "./words.ts";

/** What stands behind one number: device, gate, control, lots, check, certificate, bytes. One touch opens each. */
export function ProofBody({
  proof,
  rawHex,
}: {
  readonly proof: Proof;
  readonly rawHex: readonly string[] | undefined;
}) {
  const tech = useTech();
  const { device, gate, controls, lots, calibration, certificate, override, underReview, frames, entry } = proof;
  const { recognition } = proof;
  const words = recognitionWords[tech.language];
  const passed = controls.length > 0 && controls.every(({ verdict }) => verdict === "passed" || verdict === "warning");
  return (
    <div className="proof-parts" data-testid="proof-body">
      <p
        className="proof-recognition"
        data-testid="recognition"
        data-fit={recognition.fit}
        data-lacks={recognition.lacks.join(" ")}
      >
        <Mark kind={recognition.fit ? "ok" : "care"}>
          {typeset(tech.language, words[recognition.fit ? "yes" : "no"])}
        </Mark>
        {!recognition.fit && <span>{recognition.lacks.map((lack) => words.lacks[lack]).join(tech("tech.and"))}</span>}
      </p>
      {proof.specimen && <p className="tech-specimen">{tech("tech.proof.specimen")}</p>}
      {underReview && <p className="notice">{tech("tech.proof.underReview", { time: tech.moment(underReview.at) })}</p>}
      {override && (
        <p className="notice">
          {tech("tech.proof.override")} <Data>{`${override.reason} · ${override.by}`}</Data>
        </p>
      )}
      <Part
        title={tech("tech.proof.device")}
        mark={
          gate ? (
            <Mark kind={gateMarks[gate.state]}>{tech(`qc.state.${gate.state}`)}</Mark>
          ) : (
            <Mark kind="none">{tech("tech.proof.noGate")}</Mark>
          )
        }
        name="device"
      >
        <Facts
          rows={[
            ["tech.model", <Data>{`${device.maker} ${device.model}`}</Data>],
            ["tech.serialNumber", device.serialNumber && <Data>{device.serialNumber}</Data>],
            ["tech.profile", <Data code>{device.profile}</Data>],
            ["tech.program", <Data>{device.program}</Data>],
            ["tech.at", tech.moment(proof.heardAt)],
            ["tech.simulated", device.simulated && tech("tech.yes")],
            [
              "tech.conditions",
              gate &&
                gate.conditions.length > 0 &&
                gate.conditions.map((code) => tech.code("qc.condition", code)).join(" · "),
            ],
          ]}
        />
      </Part>
      <Part
        title={tech("tech.proof.controls")}
        mark={
          <Mark kind={controls.length === 0 ? "none" : passed ? "ok" : "bad"}>
            {controls.length === 0 ? tech("tech.proof.none") : tech(passed ? "qc.verdict.passed" : "qc.verdict.failed")}
          </Mark>
        }
        name="controls"
      >
        {controls.map((run) => (
          <div key={run.id} className="proof-run">
            <p>
              <strong>
                {analyteWords(tech, run.analyte)} {tech(`tech.level.${run.level}`)}
              </strong>{" "}
              <Mark kind={verdictMarks[run.verdict]}>{tech(`qc.verdict.${run.verdict}`)}</Mark>
            </p>
            <Facts
              rows={[
                [
                  "tech.control.value",
                  <Data>{`${plain(run.value)} ${unitSign(run.unit)} (${plain(run.range.low)} – ${plain(run.range.high)})`}</Data>,
                ],
                ["tech.at", tech.moment(run.at)],
                ["tech.operator", <Data>{run.operator.name}</Data>],
                ["tech.lot.control", <Data>{run.lot}</Data>],
                ["tech.lot.strip", run.strip && <Data>{run.strip}</Data>],
                [
                  "tech.control.rules",
                  run.rules.length > 0 && run.rules.map((rule) => tech.code("tech.rule", rule)).join(" · "),
                ],
              ]}
            />
          </div>
        ))}
      </Part>
      <Part
        title={tech("tech.lots.title")}
        mark={
          <Mark kind={lots.length === 0 ? "none" : "ok"}>
            {lots.length === 0 ? tech("tech.proof.none") : String(lots.length)}
          </Mark>
        }
        name="lots"
      >
        {lots.map((lot) => (
          <Facts
            key={`${lot.kind} ${lot.lot}`}
            rows={[
              [`tech.lot.${lot.kind}`, <Data>{lot.lot}</Data>],
              ["tech.lot.expiry", tech.day(lot.expiry)],
              ["tech.lot.opened", tech.day(lot.openedOn)],
            ]}
          />
        ))}
      </Part>
      <Part
        title={tech("tech.proof.check")}
        mark={
          <Mark kind={calibration === undefined ? "none" : calibration.verdict === "passed" ? "ok" : "bad"}>
            {calibration === undefined
              ? tech("tech.proof.none")
              : tech(calibration.verdict === "passed" ? "tech.check.passed" : "tech.check.failed")}
          </Mark>
        }
        name="check"
      >
        {calibration && (
          <Facts
            rows={[
              ["tech.check", aboutWords(tech, calibration.kind)],
              ["tech.at", tech.moment(calibration.at)],
              ["tech.operator", <Data>{calibration.technician.name}</Data>],
              [
                "tech.reference",
                calibration.reference && (
                  <Data>{`${calibration.reference.name} ${calibration.reference.serial} · ${calibration.reference.certificate}`}</Data>
                ),
              ],
              [
                "tech.check.points",
                <Data>
                  {calibration.points.map(({ reference, shown }) => `${plain(reference)}/${plain(shown)}`).join("  ")}
                </Data>,
              ],
            ]}
          />
        )}
      </Part>
      <Part
        title={tech("tech.proof.certificate")}
        mark={
          <Mark kind={certificate === undefined ? "none" : "ok"}>
            {certificate === undefined
              ? tech("tech.proof.none")
              : tech("tech.until", { time: tech.day(certificate.validUntil) })}
          </Mark>
        }
        name="certificate"
      >
        {certificate && (
          <Facts
            rows={[
              ["tech.certificate.number", <Data>{certificate.number}</Data>],
              ["tech.verify.issuer", <Data>{certificate.issuer}</Data>],
              ["tech.verify.issued", tech.day(certificate.issued)],
              ["tech.serialNumber", <Data>{certificate.serialNumber}</Data>],
              ["tech.verify.items", <Data>{certificate.items.join(" · ")}</Data>],
            ]}
          />
        )}
      </Part>
      <Part
        title={tech("tech.proof.frames")}
        mark={<Mark kind="none">{tech("tech.proof.frameCount", { n: frames.count })}</Mark>}
        name="frames"
      >
        {rawHex !== undefined && (
          <div className="proof-hex" translate="no">
            {rawHex.map((hex, index) => (
              <code key={index}>{hex.replaceAll(/(..)(?=.)/g, "$1 ")}</code>
            ))}
          </div>
        )}
        <Facts
          rows={[
            ["tech.proof.sum", <Data code>{frames.sha256}</Data>],
            ["tech.proof.entry", <Data code>{`${entry.seq} · ${entry.hash}`}</Data>],
          ]}
        />
      </Part>
    </div>
  );
}

function Part(props: {
  readonly title: string;
  readonly mark: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <details className="proof-part" data-testid={`proof-${props.name}`}>
      <summary>
        <strong>{props.title}</strong>
        {props.mark}
      </summary>
      {props.children}
    </details>
  );
}
