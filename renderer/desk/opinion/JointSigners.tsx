import type { JointView } from "../../../core/contract/hub-joint.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import { useText } from "../../parts/language.tsx";
import { hour } from "../words.ts";

/** Who signed what: every version, the newest first, each with how many signed it, who did not, and the very text. */
export function Signers({ joint }: { readonly joint: JointView }) {
  const text = useText();
  return (
    <>
      <ol className="joint-versions">
        {joint.versions.toReversed().map(({ text: { version, participants, assessment, plan }, signatures }, nth) => (
          <li key={version} data-testid={`joint-version-${String(version)}`} data-newest={nth === 0}>
            <strong>
              {text("desk.joint.count", { n: version, signed: signatures.length, of: participants.length })}
            </strong>
            {participants.map(({ id, name }) => {
              const put = signatures.find(({ signature }) => signature.by.id === id);
              const differs = joint.dissents.some(({ clinician, joint: link }) => {
                return clinician.id === id && link?.as === "dissent" && link.version === version;
              });
              const state =
                put !== undefined
                  ? put.verdict === "valid"
                    ? text("desk.joint.signed", { time: hour(put.signature.at) })
                    : text("desk.joint.bad")
                  : differs
                    ? text("desk.joint.differs")
                    : text(nth === 0 ? "desk.joint.owing" : "desk.joint.unsigned");
              return (
                <span
                  key={id}
                  className={put?.verdict === "valid" ? "tag tag-fact" : nth === 0 || put ? "tag tag-warn" : "tag"}
                >
                  {name} · {state}
                </span>
              );
            })}
            <details
              className="joint-signed"
              onToggle={({ currentTarget: { open, lastElementChild } }) => {
                if (open) lastElementChild?.scrollIntoView({ block: "nearest" });
              }}
            >
              <summary>{text("desk.joint.text", { n: version })}</summary>
              <dl className="sent-soap">
                <div>
                  <dt>{text("desk.soap.assessment")}</dt>
                  <dd>{assessment}</dd>
                </div>
                <div>
                  <dt>{text("desk.soap.plan")}</dt>
                  <dd>{plan}</dd>
                </div>
              </dl>
            </details>
          </li>
        ))}
      </ol>
      {joint.dissents.map((one) => (
        <Said key={one.id} opinion={one} as="dissent" />
      ))}
      {joint.conclusion && <Said opinion={joint.conclusion} as="conclusion" />}
    </>
  );
}

/** An opinion that differs from the joint one, or concludes it, in the words it was signed with. */
function Said({ opinion, as }: { readonly opinion: Opinion; readonly as: "dissent" | "conclusion" }) {
  const text = useText();
  const { clinician, soap, text: told, joint } = opinion;
  const { version } = joint === undefined ? { version: 1 } : joint.as === "dissent" ? joint : joint.text;
  return (
    <blockquote className="joint-said" data-testid={`joint-${as}-said`}>
      <strong>
        {clinician.name} · {text(`desk.joint.as.${as}`, { n: version })}
      </strong>
      <p>{soap ? `${soap.assessment} ${soap.plan}` : told}</p>
    </blockquote>
  );
}
