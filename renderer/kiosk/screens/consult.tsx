import type { MessageKey } from "../../../core/i18n/message.ts";
import { stepKey } from "../../consult/line-words.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import type { CallShown } from "../call.ts";
import { DutyPhone, dutySaid } from "../duty-phone.tsx";
import { Handed, isBroken } from "../handed.tsx";
import { OpinionCard, OpinionNote, opinionSaid } from "../opinion.tsx";
import { Parties } from "../parties.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { useOnRequest } from "../voice/prompt.tsx";
import { Says } from "../voice/says.tsx";
import type { Spoken } from "../voice/voice.tsx";

/** How the call stands, in words; the same sentence on the screen and beside the small picture. */
export function callWords(text: Text, { view }: CallShown): string {
  const name = view?.clinician?.name ?? "";
  if (view?.lineDown) return text("kiosk.consult.lineDown");
  switch (view?.state) {
    case undefined:
      return text("kiosk.consult.asking");
    case "waiting":
      if (view.ahead === undefined) return text("kiosk.consult.asking");
      return view.ahead === 0 ? text("kiosk.consult.next") : text("call.wait", { n: view.ahead });
    case "ringing":
      return text("kiosk.consult.ringing", { name });
    case "active":
      return text("kiosk.consult.active", { name });
    case "reconnecting":
      return text("kiosk.consult.reconnecting");
    case "interrupted":
      return text("kiosk.consult.interrupted");
    case "finished":
      return text("kiosk.consult.ended");
  }
}

/** After so long a message is offered in place of waiting (service.md §4: the next tier is asked then). */
const longMs = 5 * 60_000;

/** How long it may still take, as a sentence of the catalogue; nothing while nobody knows. */
function waitSaid({ view }: CallShown, isLong: boolean): Spoken | undefined {
  if (view?.state !== "waiting" || view.lineDown) return undefined;
  if (view.ahead !== undefined && view.expectedWaitS === undefined) return { key: "kiosk.wait.nobody" };
  if (isLong) return { key: "kiosk.wait.long" };
  if (view.expectedWaitS === undefined) return undefined;
  const n = Math.round(view.expectedWaitS / 60);
  return n <= 1 ? { key: "kiosk.wait.soon" } : { key: "kiosk.wait.minutes", values: { n } };
}

/** The place in the queue, as it is said. */
function placeSaid({ view }: CallShown): Spoken {
  if (view?.state !== "waiting" || view.ahead === undefined) return { key: "kiosk.consult.asking" };
  return view.ahead === 0 ? { key: "kiosk.consult.next" } : { key: "call.wait", values: { n: view.ahead } };
}

/** Whom to call on the phone, while nobody is there or the line is away. */
const dutyOf = ({ view }: CallShown, kept: string | undefined): string | undefined =>
  view?.state === "waiting" && view.lineDown ? (view.dutyPhone ?? kept) : view?.dutyPhone;

/** For who asks to hear it. */
function OnRequest({ says, step }: { readonly says: readonly Spoken[]; readonly step: string }) {
  useOnRequest(says, step);
  return null;
}

const nameOf = ({ key, values = {} }: Spoken): string => [key, ...Object.values(values)].join(" ");

export function Consult() {
  const { screen } = useShown();
  if (!("visit" in screen) || screen.visit.call === "none") return <After />;
  return screen.visit.call === "talking" ? <Talking /> : <Waiting />;
}

function Waiting() {
  const text = useText();
  const engine = useEngine();
  const { call, visit, station } = useShown();
  const { since } = call;
  const duty = dutyOf(call, station?.dutyPhone);
  const isLong = useSecondsLeft(since === undefined ? undefined : since + longMs) === 0 && since !== undefined;
  const wait = waitSaid(call, isLong || (call.view?.expectedWaitS ?? 0) * 1_000 > longMs);
  // Alone with a doctor is only who has a diagnosis from before (service.md §4).
  const alone = call.view?.mode === "assisted" && visit?.helper !== "villageDoctor";
  const says = [
    placeSaid(call),
    ...(wait === undefined ? [] : [wait]),
    ...(duty === undefined ? [] : [dutySaid(duty)]),
    ...(alone ? [{ key: "kiosk.wait.assisted" } as const] : []),
  ];
  const offersMessage = wait?.key === "kiosk.wait.nobody" || wait?.key === "kiosk.wait.long";
  return (
    <>
      <Screen
        name="consult"
        step="waiting"
        title={text("kiosk.consult.asking")}
        says={[]}
        actions={
          <>
            <Press kind="stop" onPress={() => engine.send({ kind: "stop" })} testId="hang-up">
              <Icon name="hangUp" />
              {text("kiosk.consult.cancel")}
            </Press>
            {offersMessage ? (
              <Press kind="second" onPress={() => engine.send({ kind: "leaveMessage" })} testId="leave-message">
                <Icon name="mic" />
                {text("kiosk.wait.message")}
              </Press>
            ) : (
              <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="measure-meanwhile">
                {text("kiosk.consult.meanwhile")}
              </Press>
            )}
          </>
        }
      >
        <div className="state">
          <span className="calling">
            <Picture name="doctor" className="state-picture" />
          </span>
          <p className="lead" role="status" data-testid="call-state" data-state={call.view?.state}>
            {callWords(text, call)}
          </p>
          {wait !== undefined && (
            <p className="lead" role="status" data-testid="call-wait">
              {text.of(wait.key as MessageKey, { ...wait.values })}
            </p>
          )}
          {duty !== undefined && <DutyPhone phone={duty} />}
          {alone && (
            <p className="notice" data-testid="call-assisted">
              {text("kiosk.wait.assisted")}
            </p>
          )}
          {call.camera === "missing" && (
            <p className="notice" data-testid="camera-missing">
              {text("kiosk.consult.camera")}
            </p>
          )}
        </div>
      </Screen>
      <Says says={says} step={says.map(nameOf).join()} />
    </>
  );
}

/** What the line carries now, of both sides; said to nobody who talks. */
function lineSaid(call: CallShown): readonly Spoken[] {
  if (isBroken(call)) return [{ key: "kiosk.line.other.voiceNote" }, { key: "kiosk.line.own.voiceNote" }];
  const { line } = call;
  return (["other", "own"] as const).flatMap((whose) => {
    const key = stepKey("kiosk", whose, line[whose]);
    return key === undefined ? [] : [{ key }];
  });
}

/** The picture itself hangs in the dock, which is laid over this screen's middle: it must not be made anew on every screen. */
function Talking() {
  const text = useText();
  const engine = useEngine();
  const { call, visit } = useShown();
  // What the doctor was going to leave is there.
  const hasNote = call.blobs.some(({ own, kind }) => !own && kind === "voiceNote");
  const says = [
    ...lineSaid(call),
    ...(call.muted ? [{ key: "kiosk.call.muted" } as const] : []),
    ...(call.sends ? [] : [{ key: "kiosk.call.notSent" } as const]),
  ];
  return (
    <>
      <Screen
        name="consult"
        step="talking"
        title={callWords(text, call)}
        // Two people talk here; the station does not talk between them.
        says={[]}
        note={
          <>
            {call.camera === "missing" && (
              <p className="notice" data-testid="camera-missing">
                {text("kiosk.consult.camera")}
              </p>
            )}
            {!call.sends && (
              <p className="notice" role="status" data-testid="not-sent">
                {text("kiosk.call.notSent")}
              </p>
            )}
            {isBroken(call) &&
              (hasNote ? (["own"] as const) : (["other", "own"] as const)).map((whose) => (
                <p key={whose} className="notice" role="status" data-testid={`room-line-${whose}`}>
                  {text(`kiosk.line.${whose}.voiceNote`)}
                </p>
              ))}
            <Handed />
            <Parties />
            <OpinionCard opinions={visit?.opinions ?? []} />
          </>
        }
        actions={
          <>
            <Press kind="stop" onPress={() => engine.send({ kind: "stop" })} testId="hang-up">
              <Icon name="hangUp" />
              {text("kiosk.consult.hangUp")}
            </Press>
            <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="measure-in-call">
              {text("kiosk.consult.measure")}
            </Press>
          </>
        }
      />
      <OnRequest says={says} step={says.map(nameOf).join()} />
    </>
  );
}

function After() {
  const text = useText();
  const engine = useEngine();
  const { call, visit, station, screen } = useShown();
  // A message goes to a doctor, too: not before somebody agreed that one sees the results.
  const mayLeave = call.fault !== undefined && "visit" in screen && screen.visit.send;
  // Nobody was reached: the number that the station knows.
  const duty = call.fault === undefined ? undefined : station?.dutyPhone;
  const opinion = visit?.opinions.at(-1);
  const count = visit?.opinions.length ?? 0;
  const title =
    call.fault !== undefined
      ? "kiosk.consult.failed"
      : opinion === undefined
        ? "kiosk.consult.ended"
        : opinion.joint?.as === "conclusion"
          ? "kiosk.joint.title"
          : "kiosk.opinion.title";
  return (
    <Screen
      name="consult"
      step="after"
      title={text(title)}
      says={[
        { key: title },
        ...(opinion && call.fault === undefined ? opinionSaid(opinion) : []),
        ...(call.fault === undefined ? [] : [{ key: `fault.${call.fault}` } as const]),
        ...(duty === undefined ? [] : [dutySaid(duty)]),
      ]}
      actions={
        opinion && call.fault === undefined ? (
          <>
            {count > 1 && (
              <Press kind="second" onPress={() => engine.cover("opinion")} testId="opinion-others">
                {text("kiosk.opinion.several", { n: count })}
              </Press>
            )}
            <Press kind="main" onPress={() => engine.send({ kind: "showResults" })} testId="opinion-read">
              <Icon name="yes" />
              {text("kiosk.opinion.read")}
            </Press>
          </>
        ) : (
          <>
            {!mayLeave ? (
              <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="consult-home">
                {text("kiosk.enough")}
              </Press>
            ) : (
              <Press kind="second" onPress={() => engine.send({ kind: "leaveMessage" })} testId="leave-message">
                <Icon name="mic" />
                {text("kiosk.wait.message")}
              </Press>
            )}
            <Press kind="main" onPress={() => engine.send({ kind: "callDoctor" })} testId="call-doctor">
              <Icon name="call" />
              {text(call.fault === undefined ? "ui.call" : "kiosk.fault.again")}
            </Press>
          </>
        )
      }
    >
      {opinion && call.fault === undefined ? (
        <OpinionNote opinion={opinion} />
      ) : (
        <div className="state">
          <Picture name="doctor" className="state-picture" />
          <p className="lead" role="status" data-testid="consult-fault">
            {call.fault === undefined ? text("kiosk.consult.endedWhat") : text.fault(call.fault)}
          </p>
          {duty !== undefined && <DutyPhone phone={duty} />}
        </div>
      )}
    </Screen>
  );
}
