import { useState } from "react";
import type { ParticipantView } from "../../../core/contract/hub-calls.ts";
import { mayOwn } from "../../../core/domain/calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import type { DeskCall, Done } from "../call.ts";
import { useShown } from "../use-shown.ts";
import { Guests } from "./Guests.tsx";
import { InviteDialog } from "./InviteDialog.tsx";

const takesPart = ({ state }: ParticipantView) => state === "here" || state === "away" || state === "invited";

/** Who is in the call and as what; its owner asks others in, hands it on, and turns microphones off. */
export function CallPeople({ call, inTalk }: { readonly call: DeskCall; readonly inTalk: boolean }) {
  const text = useText();
  const { view, room } = useShown(call.shown);
  const [asking, setAsking] = useState<"invite" | "transfer">();
  const [fault, setFault] = useState<FaultCode>();
  if (!view) return null;
  const { participants, you, clinician } = view;
  const owns = clinician?.id === you;
  const others = participants.filter((one) => one.id !== you && takesPart(one));
  const try_ = (work: Promise<Done>) => void work.then((done) => setFault(done.ok ? undefined : done.code));

  return (
    <div className="people" data-testid="people">
      <ul>
        {others.map((one) => (
          <li key={one.id} className="person" data-state={one.state} data-testid="person">
            {one.name !== "" && (
              <span className="person-name" title={one.name}>
                {one.name}
              </span>
            )}
            <span className="tag">{text(`desk.role.${one.role}`)}</span>
            {one.role === "resident" && view.ageBand !== undefined && (
              <span className="tag">{text("desk.watched.age", { age: view.ageBand })}</span>
            )}
            {one.state !== "here" && <span className="tag tag-warn">{text(`desk.people.${one.state}`)}</span>}
            {one.handOver && <span className="tag tag-warn">{text("desk.people.handOver")}</span>}
            {owns && inTalk && one.kind === "person" && one.state === "here" && mayOwn(one.role) && (
              <button
                type="button"
                className="quiet person-give"
                data-testid="give-call"
                onClick={() => try_(call.transfer({ person: one.id }))}
              >
                {text("desk.people.give")}
              </button>
            )}
            {owns && one.state === "here" && inTalk ? (
              <button
                type="button"
                className="quiet person-mute"
                aria-pressed={one.muted}
                aria-label={text(one.muted ? "desk.people.unmute" : "desk.people.mute")}
                title={text(one.muted ? "desk.people.unmute" : "desk.people.mute")}
                onClick={() => try_(call.muteOther(one.id, !one.muted))}
              >
                <Icon name={one.muted ? "micOff" : "mic"} />
              </button>
            ) : (
              one.muted && <span className="tag">{text("desk.people.muted")}</span>
            )}
          </li>
        ))}
      </ul>
      {owns && inTalk && view.guests !== undefined && <Guests call={call} id={view.call} guests={view.guests} />}
      {room?.code !== undefined && (
        <p className="opinion-fault" role="alert" data-testid="room-fault">
          {text.fault(room.code)} {text("desk.room.stays")}
        </p>
      )}
      {fault !== undefined && (
        <p className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </p>
      )}
      {owns && inTalk && (
        <span className="people-do">
          <button type="button" className="quiet" data-testid="invite" onClick={() => setAsking("invite")}>
            {text("desk.people.invite")}
          </button>
          {view.mode !== "doctors" && (
            <button type="button" className="quiet" data-testid="transfer" onClick={() => setAsking("transfer")}>
              {text("desk.people.transfer")}
            </button>
          )}
        </span>
      )}
      {asking && (
        <InviteDialog
          door={call.door}
          what={asking}
          inside={participants.filter(takesPart).map(({ id }) => id)}
          mayAskGuests={view.mode !== "doctors"}
          guest={(person) => {
            try_(call.askGuest(person));
            setAsking(undefined);
          }}
          person={(id) => {
            try_(asking === "invite" ? call.invite(id) : call.transfer({ person: id }));
            setAsking(undefined);
          }}
          {...(asking === "transfer"
            ? {
                queue: (step: "county" | "everyone") => {
                  try_(call.transfer({ step }));
                  setAsking(undefined);
                },
              }
            : {})}
          close={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
