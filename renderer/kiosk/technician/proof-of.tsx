import { useEffect, useState } from "react";
import type { Proof } from "../../../core/contract/quality.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import { faultOf, type StationDoor } from "../../station.ts";
import { FaultNote } from "./parts.tsx";
import { ProofBody } from "./proof-body.tsx";
import { useTech } from "./words.ts";
import "./styles.ts";

/** The proof of one measurement, asked for without anybody signing in: it shows no number and no name. */
export function ProofOf({ door, measurement }: { readonly door: StationDoor; readonly measurement: Measurement }) {
  const tech = useTech();
  const [proof, setProof] = useState<Proof>();
  const [fault, setFault] = useState<FaultCode>();
  const { id } = measurement;
  useEffect(() => {
    let gone = false;
    door.client.quality.proof({ measurement: id }).then(
      (answer) => {
        if (!gone) setProof(answer);
      },
      (error: unknown) => {
        if (!gone) setFault(faultOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [door, id]);
  return (
    <div className="tech-dense proof-of">
      <FaultNote code={fault} />
      {proof === undefined ? (
        fault === undefined && <p role="status">{tech("tech.opening")}</p>
      ) : (
        <ProofBody proof={proof} rawHex={measurement.provenance.rawHex} />
      )}
    </div>
  );
}
