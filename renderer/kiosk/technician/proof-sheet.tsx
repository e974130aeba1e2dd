import { useState } from "react";
import type { Proof } from "../../../core/contract/quality.ts";
import { Press } from "../../parts/press.tsx";
import { ProofBody } from "./proof-body.tsx";
import { FaultNote } from "./parts.tsx";
import { useAct } from "./session.ts";
import { useTech } from "./words.ts";

/** From a result under review to what stands behind it. */
export function ProofButton({ measurement, label }: { readonly measurement: string; readonly label: string }) {
  const tech = useTech();
  const [proof, setProof] = useState<Proof>();
  const ask = useAct((client) => client.quality.proof({ measurement }));
  return (
    <>
      <Press
        kind="second"
        disabled={ask.busy}
        onPress={() => void (proof ? Promise.resolve(setProof(undefined)) : ask.run().then(setProof))}
        testId="review-proof"
      >
        {label} · {tech(proof ? "tech.close" : "tech.proof.short")}
      </Press>
      <FaultNote code={ask.fault} />
      {proof && <ProofBody proof={proof} rawHex={undefined} />}
    </>
  );
}
