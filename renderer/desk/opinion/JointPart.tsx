import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { JointView } from "../../../core/contract/hub-joint.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { DeskCall } from "../call.ts";
import type { JointWish } from "../draft.ts";
import { faultOf } from "../hub.ts";
import { SignForm } from "../SignForm.tsx";
import { useFeed } from "../use-feed.ts";
import { useShown } from "../use-shown.ts";
import { hour } from "../words.ts";

/**
 * One text that several doctors sign as it stands. The responsible one writes it; a change is a new version, signed anew by
 * everybody. `opine`: goes on to an opinion of one's own, which dissents or concludes.
 */
export function JointPart(props: {
  readonly call: DeskCall;
  readonly open: boolean;
  readonly opine: (joint: JointWish) => void;
}) {
  const text = useText();
  const { call, opine } = props;
  const { call: id, view } = useShown(call.shown);
  const { value } = useFeed(call.door, (client, options) => client.joint.watch({ call: id }, options), id);
  const [typed, setTyped] = useState<{ readonly assessment: string; readonly plan: string }>();
  const [fresh] = useState(() => uuidv7());
  const [locked, setLocked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();

  const joint = value?.[0];
  const newest = joint?.versions.at(-1);
  const me = view?.you;
  const isResponsible = (newest?.text.responsible.id ?? view?.clinician?.id) === me;
  const words = typed ?? { assessment: newest?.text.assessment ?? "", plan: newest?.text.plan ?? "" };
  const isChanged = words.assessment !== newest?.text.assessment || words.plan !== newest.text.plan;
  const version = newest?.text.version ?? 0;

  const ask = async (what: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await what();
      setLocked(false);
      return true;
    } catch (error) {
      const code = faultOf(error);
      setLocked(code === "sign.locked");
      if (code !== "sign.locked") setFault(code);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const put = async () => {
    const asked = { joint: joint?.joint ?? fresh, call: id, version: version + 1, ...words };
    if (await ask(() => call.door.client.joint.draft(asked))) setTyped(undefined);
  };
  const sign = () => joint && ask(() => call.door.client.joint.sign({ call: id, joint: joint.joint, version }));
  const mySignature = newest?.signatures.some(({ signature }) => signature.by.id === me) ?? false;
  const amAsked = newest?.text.participants.some((one) => one.id === me) ?? false;

  return (
    <div className="joint" data-testid="joint">
      {isResponsible ? (
        <div className="soap">
          {(["assessment", "plan"] as const).map((part) => (
            <label key={part}>
              <span>{text(`desk.soap.${part}`)}</span>
              <textarea
                data-testid={`joint-${part}`}
                maxLength={4_000}
                disabled={!props.open}
                value={words[part]}
                onChange={(event) => setTyped({ ...words, [part]: event.target.value })}
              />
            </label>
          ))}
        </div>
      ) : (
        newest && (
          <dl className="sent-soap" data-testid="joint-text">
            {(["assessment", "plan"] as const).map((part) => (
              <div key={part}>
                <dt>{text(`desk.soap.${part}`)}</dt>
                <dd>{newest.text[part]}</dd>
              </div>
            ))}
          </dl>
        )
      )}
      {joint && newest ? <Signers joint={joint} /> : <p className="hint">{text("desk.joint.none")}</p>}
      {fault !== undefined && (
        <p className="opinion-fault" role="alert" data-testid="joint-fault">
          {fault === "care.changed"
            ? text("desk.joint.changed")
            : fault === "wire.closed"
              ? text("desk.line.away")
              : text.fault(fault)}
        </p>
      )}
      {locked ? (
        <SignForm door={call.door} opened={() => void sign()} cancel={() => setLocked(false)} />
      ) : (
        <div className="joint-acts">
          {isResponsible && isChanged && (
            <button
              type="button"
              className="main small"
              data-testid="joint-put"
              disabled={busy || !props.open || words.assessment.trim() === "" || words.plan.trim() === ""}
              onClick={() => void put()}
            >
              {text("desk.joint.put", { n: version + 1 })}
            </button>
          )}
          {amAsked && !mySignature && !(isResponsible && isChanged) && (
            <button
              type="button"
              className="main small"
              data-testid="joint-sign"
              disabled={busy || !props.open}
              onClick={() => void sign()}
            >
              {text("desk.joint.sign", { n: version })}
            </button>
          )}
          {joint && amAsked && !isResponsible && !mySignature && (
            <button
              type="button"
              className="second small"
              data-testid="joint-dissent"
              onClick={() => opine({ as: "dissent", joint: joint.joint, version })}
            >
              {text("desk.joint.dissent")}
            </button>
          )}
          {joint && isResponsible && !isChanged && joint.owing.length === 0 && (
            <button
              type="button"
              className="main small"
              data-testid="joint-conclude"
              onClick={() => opine({ as: "conclusion", joint: joint.joint, version })}
            >
              {text("desk.joint.conclude")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Who signed what: every version, the newest first. */
function Signers({ joint }: { readonly joint: JointView }) {
  const text = useText();
  return (
    <ol className="joint-versions">
      {joint.versions.toReversed().map(({ text: { version, participants }, signatures }, nth) => (
        <li key={version} data-testid={`joint-version-${String(version)}`}>
          <strong>{text("desk.joint.version", { n: version })}</strong>
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
              <span key={id} className={put?.verdict === "valid" ? "tag" : "tag tag-warn"}>
                {name} · {state}
              </span>
            );
          })}
        </li>
      ))}
    </ol>
  );
}
