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
import { Signers } from "./JointSigners.tsx";

/** Every joint opinion of the call; the newest stands open, and the responsible doctor may begin another when one is concluded. */
export function JointPart(props: {
  readonly call: DeskCall;
  readonly open: boolean;
  readonly opine: (joint: JointWish) => void;
}) {
  const text = useText();
  const { call } = props;
  const { call: id, view } = useShown(call.shown);
  const { value } = useFeed(call.door, (client, options) => client.joint.watch({ call: id }, options), id);
  const [chosen, setChosen] = useState<string>();
  const [fresh, setFresh] = useState(() => uuidv7());
  const all = value ?? [];
  const present = all.find(({ joint }) => joint === chosen) ?? (chosen === fresh ? undefined : all.at(-1));
  const isOwner = view?.clinician?.id === view?.you;
  const mayBegin = isOwner && props.open && all.length > 0 && all.every(({ conclusion }) => conclusion !== undefined);
  const begin = () => {
    const next = uuidv7();
    setFresh(next);
    setChosen(next);
  };
  return (
    <>
      {(all.length > 1 || mayBegin) && (
        <div className="joint-which" role="group" aria-label={text("desk.joint.title")} data-testid="joint-which">
          {all.map(({ joint }, nth) => (
            <button
              key={joint}
              type="button"
              className="second small"
              aria-pressed={joint === present?.joint}
              onClick={() => setChosen(joint)}
            >
              {text("desk.joint.which", { n: nth + 1 })}
            </button>
          ))}
          {mayBegin && (
            <button type="button" className="quiet small" data-testid="joint-another" onClick={begin}>
              {text("desk.joint.another")}
            </button>
          )}
        </div>
      )}
      <OneJoint key={present?.joint ?? "fresh"} {...props} joint={present} fresh={fresh} />
    </>
  );
}

/**
 * One text that several doctors sign as it stands. The responsible one writes it; a change is a new version, signed anew by
 * everybody. `opine`: goes on to an opinion of one's own, which dissents or concludes. `fresh`: the id of one not written yet.
 */
function OneJoint(props: {
  readonly call: DeskCall;
  readonly open: boolean;
  readonly joint: JointView | undefined;
  readonly fresh: string;
  readonly opine: (joint: JointWish) => void;
}) {
  const text = useText();
  const { call, joint, fresh, opine } = props;
  const { call: id, view } = useShown(call.shown);
  const [typed, setTyped] = useState<{ readonly assessment: string; readonly plan: string }>();
  const [locked, setLocked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();

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
