import { useEffect, useRef } from "react";
import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { recognitionSentence, recognitionWords } from "../../core/i18n/recognition.ts";
import type { Recognition } from "../../core/quality/recognition.ts";
import { useText, type Text } from "../parts/language.tsx";
import { hourAndSeconds, quantityName } from "./words.ts";

/** Where a number comes from: device, clocks, the very bytes, and the journal it stands in. */
export function Proof(props: {
  readonly measurement: Measurement;
  readonly head: VisitRecord["head"];
  readonly recognition: Recognition;
  readonly close: () => void;
}) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const { provenance, times, quality } = props.measurement;
  useEffect(() => dialog.current?.showModal(), []);
  const rows: readonly (readonly [string, string])[] = [
    [recognitionWords[text.language].title, recognitionSentence(text.language, props.recognition)],
    [
      text("desk.proof.device"),
      `${provenance.device}${provenance.simulated ? ` · ${text("desk.result.simulated")}` : ""}`,
    ],
    [text("desk.proof.serial"), provenance.serialNumber ?? text("desk.proof.noSerial")],
    [text("desk.proof.profile"), `${provenance.profile} ${provenance.profileVersion}`],
    [text("desk.proof.port"), provenance.port],
    [text("desk.proof.program"), provenance.program],
    [text("desk.proof.heard"), `${hourAndSeconds(times.heardAt)} · ${times.heardAt}`],
    ...(times.deviceTime === undefined ? [] : [[text("desk.proof.deviceTime"), times.deviceTime] as const]),
    ...(times.deviceOffsetMs === undefined
      ? []
      : [
          [
            text("desk.proof.offset"),
            text("desk.proof.seconds", { n: Math.round(times.deviceOffsetMs / 1_000) }),
          ] as const,
        ]),
    ...(quality === undefined ? [] : qualityRows(text, quality)),
  ];
  return (
    <dialog
      ref={dialog}
      className="proof"
      data-testid="proof"
      onClose={props.close}
      aria-label={text("desk.proof.title")}
    >
      <h2>{text("desk.proof.title")}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{text("desk.proof.raw")}</h3>
      <div className="proof-raw" tabIndex={0}>
        {provenance.rawHex.map((hex, index) => (
          <code key={index}>{hex.replaceAll(/(..)(?=.)/g, "$1 ")}</code>
        ))}
      </div>
      <h3>{text("desk.proof.head", { seq: props.head.seq })}</h3>
      <code className="proof-hash" data-testid="proof-hash">
        {props.head.hash}
      </code>
      <button type="button" className="main" autoFocus onClick={() => dialog.current?.close()}>
        {text("desk.proof.close")}
      </button>
    </dialog>
  );
}

/** The state of the device's quality when the number was taken: why it may count, or why not. */
function qualityRows(text: Text, quality: NonNullable<Measurement["quality"]>): readonly (readonly [string, string])[] {
  const { gate, controls, lots, calibration, certificate, specimen } = quality;
  const none = text("desk.proof.none");
  return [
    [
      text("desk.proof.gate"),
      `${text(`desk.proof.gate.${gate}`)}${specimen ? ` · ${text("desk.proof.specimen")}` : ""}${quality.override === undefined ? "" : ` · ${text("desk.doubt.override")}`}`,
    ],
    [
      text("desk.proof.controls"),
      controls
        .map(
          ({ analyte, level, verdict, lot, operator, at }) =>
            `${quantityName(text, analyte)} ${level} ${text(`desk.proof.verdict.${verdict}`)} · ${lot} · ${operator} · ${hourAndSeconds(at)}`,
        )
        .join("; ") || none,
    ],
    [text("desk.proof.lots"), lots.join(", ") || none],
    [
      text("desk.proof.check"),
      calibration === undefined
        ? none
        : `${text(`desk.proof.verdict.${calibration.verdict}`)} · ${calibration.at.slice(0, 10)}`,
    ],
    [
      text("desk.proof.certificate"),
      certificate === undefined
        ? none
        : `${certificate.number} · ${text("desk.proof.until", { day: certificate.validUntil })}`,
    ],
  ];
}
