import { useState } from "react";
import { mayOwn } from "../../core/domain/calls.ts";
import { isVoiceKind } from "../../core/domain/asking.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { colleagueKey, stepKey } from "../consult/line-words.ts";
import { VideoPair } from "../consult/VideoPair.tsx";
import { Icon } from "../parts/icons.tsx";
import { useHeard } from "../parts/heard.ts";
import { useText, type Text } from "../parts/language.tsx";
import type { CallShown, DeskCall } from "./call.ts";
import { AskMeasure, StopAsk } from "./consult/AskMeasure.tsx";
import { CallPeople } from "./consult/CallPeople.tsx";
import { DeskRoom } from "./consult/DeskRoom.tsx";
import { brokenIn, HandedStrip } from "./consult/HandedStrip.tsx";
import { mayRingBack, ringBackWords, RingBackKey } from "./consult/RingBack.tsx";
import { LivePanel } from "./LivePanel.tsx";
import { useShown } from "./use-shown.ts";

export function NoCall() {
  const text = useText();
  return (
    <main className="pane no-call" data-testid="no-call">
      <Icon name="call" />
      <h2>{text("desk.call.none")}</h2>
      <p className="hint">{text("desk.call.none.hint")}</p>
    </main>
  );
}

/** The face, the state of the line in words, and what is being measured right now. */
export function CallPane(props: {
  readonly call: DeskCall;
  readonly lineUp: boolean;
  /** Takes the same resident's next call, if there is one. */
  readonly again: (shown: CallShown) => (() => void) | undefined;
  readonly leave: () => void;
}) {
  const text = useText();
  const shown = useShown(props.call.shown);
  const { view, media, over } = shown;
  const [notAsked, setNotAsked] = useState<FaultCode>();
  const again = props.again(shown);
  const words = stateWords(text, shown, props.lineUp, again === undefined ? notAsked : undefined);
  const inTalk = media !== "off";
  const live = shown.live && !(shown.live.ended && shown.ask) ? shown.live : undefined;
  const owns = view?.clinician === undefined || view.clinician.id === view.you;
  const isGuest = inTalk && !owns;
  // Who has the call when its owner goes: the first of those who may, as at the hub.
  const heir = view?.participants.find(
    ({ id, kind, role, state }) => kind === "person" && id !== view.you && state === "here" && mayOwn(role),
  );
  const isCollegial = view?.mode === "doctors";
  // The record says so in words.
  const broken = brokenIn(shown);
  const nothingComes = shown.record?.notSentSince !== undefined;
  const mayAsk = owns && !isCollegial && !nothingComes;
  useHeard("keydown", (event) => {
    if (event.key !== "F8" || !inTalk || !mayAsk || shown.ask?.state === "asked") return;
    event.preventDefault();
    props.call.askFor("still");
  });
  useHeard("keydown", (event) => {
    if (event.key !== "F9" || !inTalk || !mayAsk || !isVoiceKind(shown.ask?.of ?? "")) return;
    event.preventDefault();
    props.call.heardYes();
  });
  useHeard("keydown", (event) => {
    if (event.key !== "F4" || !inTalk || !shown.local) return;
    event.preventDefault();
    props.call.mute(!shown.muted);
  });
  const overlay = (
    <>
      <HandedStrip call={props.call} shown={shown} />
      {words !== undefined && (
        <div
          className={`stage-words ${media === "connected" ? "stage-words-over" : ""}`}
          role="status"
          data-testid="call-state"
        >
          <p>{words.main}</p>
          {words.hint !== undefined && <p className="stage-hint">{words.hint}</p>}
        </div>
      )}
    </>
  );
  return (
    <main className="call" data-testid="call" data-state={view?.state ?? "unknown"} data-media={media}>
      <section className="pane stage" aria-label={text("desk.call.remote")}>
        {shown.talk === "room" && shown.room ? (
          <DeskRoom room={shown.room} parties={shown.parties} local={shown.local}>
            {overlay}
          </DeskRoom>
        ) : (
          <VideoPair
            remote={shown.remote}
            local={shown.local}
            remoteLabel={view?.mode === "doctors" ? text("desk.call.colleague") : text("desk.call.remote")}
            localLabel={text("desk.call.self")}
            playLabel={text("desk.call.play")}
          >
            {overlay}
          </VideoPair>
        )}
        <div className="stage-bar">
          <span className="stage-who">
            {view?.station
              ? text("desk.call.station", { name: view.station.name, place: view.station.place })
              : view?.mode === "doctors" && text("desk.mode.doctors")}
          </span>
          {shown.cameraFault !== undefined && <span className="tag tag-warn">{text.fault(shown.cameraFault)}</span>}
          {media === "connected" &&
            shown.talk === "pair" &&
            (["other", "own"] as const).map((whose) => {
              const said = shown.line[whose];
              const key = whose === "other" && isCollegial ? colleagueKey(said) : stepKey("desk", whose, said);
              return (
                key && (
                  <span key={whose} className="tag" role="status" data-testid={`line-${whose}`}>
                    {text(key)}
                  </span>
                )
              );
            })}
          {broken !== undefined && (
            <span className="tag tag-warn" role="status" data-testid={`room-line-${broken}`}>
              {text(`desk.line.${broken}.voiceNote`)}
            </span>
          )}
          {shown.muted && <span className="tag tag-warn">{text("desk.call.muted")}</span>}
          <span className="stage-do">
            {media !== "off" && shown.local && (
              <button
                type="button"
                className="quiet"
                data-testid="mute"
                aria-pressed={shown.muted}
                title="F4"
                onClick={() => props.call.mute(!shown.muted)}
              >
                {shown.muted ? text("desk.call.unmute") : text("desk.call.mute")}
              </button>
            )}
            {isGuest && (
              <button
                type="button"
                className="stop small"
                data-testid="leave-talk"
                onClick={() => {
                  void props.call.leave();
                  props.leave();
                }}
              >
                <Icon name="leave" />
                {text("desk.call.leave")}
              </button>
            )}
            {inTalk && owns && heir && (
              <button
                type="button"
                className="second small"
                data-testid="leave-to-heir"
                onClick={() => {
                  void props.call.leave();
                  props.leave();
                }}
              >
                <Icon name="leave" />
                {text("desk.people.leaveTo", { name: heir.name })}
              </button>
            )}
            {inTalk && owns && (
              <button
                type="button"
                className="stop small"
                data-testid="hang-up"
                onClick={() => void props.call.hangUp()}
              >
                <Icon name="hangUp" />
                {text("desk.call.hangUp")}
              </button>
            )}
            {over === undefined && media === "off" && again && (
              <button type="button" className="main small" data-testid="call-again" onClick={again}>
                <Icon name="call" />
                {text("desk.call.again")}
              </button>
            )}
            {!again && props.lineUp && notAsked !== "visit.closed" && mayRingBack(shown) && (
              <RingBackKey call={props.call} shown={shown} failed={setNotAsked} />
            )}
            {(over !== undefined || (view?.mode === "doctors" && media === "off")) && (
              <button type="button" className="main small" data-testid="leave-call" onClick={props.leave}>
                {text("desk.call.close")}
              </button>
            )}
          </span>
        </div>
        <CallPeople call={props.call} inTalk={inTalk} />
      </section>
      {mayAsk && inTalk && !live ? (
        <section className="pane live live-idle" data-testid="live-idle">
          <AskMeasure call={props.call} ask={shown.ask} />
        </section>
      ) : (isCollegial || nothingComes) && !live ? null : (
        <LivePanel
          live={live}
          inCall={inTalk}
          stop={shown.ask && live && !live.ended && <StopAsk call={props.call} />}
        />
      )}
    </main>
  );
}

interface StateWords {
  readonly main: string;
  readonly hint?: string;
}

/** What stands between the doctor and the resident now; undefined when nothing does. */
function stateWords(
  text: Text,
  { view, media, over }: CallShown,
  lineUp: boolean,
  notAsked: FaultCode | undefined,
): StateWords | undefined {
  if (over === "released") return { main: text("desk.call.released") };
  if (over === "finished" || over === "consult.ended") return { main: text("desk.call.over") };
  if (over !== undefined) return { main: text.fault(over) };
  if (!lineUp) return { main: text("desk.call.ownLine") };
  const asking = view?.state === "finished" ? ringBackWords(text, view.ringBack, notAsked) : undefined;
  if (asking) return asking;
  if (view?.state === "finished") return { main: text("desk.call.hungUp"), hint: text("desk.call.hungUp.hint") };
  if (view?.peer === "away" || view?.state === "reconnecting") return { main: text("desk.call.peerAway") };
  switch (media) {
    case "off":
      return { main: text("desk.call.hungUp"), hint: text("desk.call.hungUp.hint") };
    case "camera":
      return { main: text("desk.call.camera") };
    case "connecting":
      return { main: text("desk.call.connecting"), hint: text("desk.call.waitingPeer") };
    case "lost":
      return { main: text("desk.call.mediaLost") };
    case "connected":
    case "closed":
      return undefined;
  }
}
