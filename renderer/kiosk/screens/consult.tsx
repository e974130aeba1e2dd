import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import type { CallShown } from "../call.ts";
import { OpinionCard, OpinionNote } from "../opinion.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

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

export function Consult() {
  const { screen } = useShown();
  if (!("visit" in screen) || screen.visit.call === "none") return <After />;
  return screen.visit.call === "talking" ? <Talking /> : <Waiting />;
}

function Waiting() {
  const text = useText();
  const engine = useEngine();
  const { call } = useShown();
  return (
    <Screen
      name="consult"
      step="waiting"
      title={text("kiosk.consult.asking")}
      says={[{ key: "kiosk.consult.asking" }]}
      actions={
        <>
          <Press kind="stop" onPress={() => engine.send({ kind: "stop" })} testId="hang-up">
            <Icon name="hangUp" />
            {text("kiosk.consult.cancel")}
          </Press>
          <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="measure-meanwhile">
            {text("kiosk.consult.meanwhile")}
          </Press>
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
        {call.camera === "missing" && (
          <p className="notice" data-testid="camera-missing">
            {text("kiosk.consult.camera")}
          </p>
        )}
      </div>
    </Screen>
  );
}

/** The picture itself hangs in the dock, which is laid over this screen's middle: it must not be made anew on every screen. */
function Talking() {
  const text = useText();
  const engine = useEngine();
  const { call, visit } = useShown();
  const opinion = visit?.opinions.at(-1);
  return (
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
          {opinion && <OpinionCard opinion={opinion} />}
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
  );
}

function After() {
  const text = useText();
  const engine = useEngine();
  const { call, visit } = useShown();
  const opinion = visit?.opinions.at(-1);
  const title =
    call.fault !== undefined ? "kiosk.consult.failed" : opinion ? "kiosk.opinion.title" : "kiosk.consult.ended";
  return (
    <Screen
      name="consult"
      step="after"
      title={text(title)}
      says={[{ key: title }]}
      actions={
        opinion && call.fault === undefined ? (
          <Press kind="main" onPress={() => engine.send({ kind: "showResults" })} testId="opinion-read">
            <Icon name="yes" />
            {text("kiosk.opinion.read")}
          </Press>
        ) : (
          <>
            <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="consult-home">
              {text("kiosk.enough")}
            </Press>
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
        </div>
      )}
    </Screen>
  );
}
