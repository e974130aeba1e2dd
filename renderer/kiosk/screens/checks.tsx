import type { DeviceView, Result, StationView, VisitView } from "../../../core/contract/views.ts";
import { offeredKinds, type OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { SeverityMark } from "../../parts/severity.tsx";
import { checkNames, headline, severityOf } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** With everything before it: questions, rest, a second reading. */
const minutes = {
  bloodPressure: 9,
  glucose: 3,
  lipids: 5,
  oximetry: 1,
  temperature: 1,
  body: 1,
} as const satisfies Record<OfferedKind, number>;
const deviceWords = {
  ready: "kiosk.check.ready",
  busy: "kiosk.check.busy",
  away: "kiosk.check.away",
  out: "kiosk.check.out",
} as const;

export function Checks({ station, visit }: { readonly station: StationView; readonly visit: VisitView | undefined }) {
  const text = useText();
  const engine = useEngine();
  const { screen } = useShown();
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const name = visit?.resident?.shownName;
  const some = (visit?.results.length ?? 0) > 0;
  return (
    <Screen
      name="checks"
      title={name === undefined ? text("kiosk.checks.guest") : text("ui.you", { name })}
      // A name is not said aloud in an open room.
      says={[{ key: "kiosk.checks.guest" }]}
      note={
        <div className="mine-keys">
          {visit?.kind === "resident" && (
            <Press kind="quiet" className="mine-key" onPress={() => engine.send({ kind: "mine" })} testId="mine">
              <Icon name="heart" />
              {text("kiosk.mine.open")}
            </Press>
          )}
          <Press
            kind="quiet"
            className="mine-key"
            onPress={() => engine.send({ kind: "mine", menu: "services" })}
            testId="services"
          >
            <Icon name="list" />
            {text("kiosk.services.open")}
          </Press>
        </div>
      }
      actions={
        <>
          {!inCall && (
            <Press kind="second" onPress={() => engine.send({ kind: "callDoctor" })} testId="call-doctor">
              <Icon name="call" />
              {text("ui.call")}
            </Press>
          )}
          {some && (
            <Press kind="main" onPress={() => engine.send({ kind: "showResults" })} testId="show-results">
              {text("kiosk.check.finish")}
              <Icon name="next" />
            </Press>
          )}
        </>
      }
    >
      <div className="check-cards">
        {offeredKinds.map((check) => (
          <CheckCard
            key={check}
            check={check}
            devices={station.devices.filter(({ measures }) => measures.includes(check))}
            result={visit?.results.find(({ of }) => of === check)}
            onPick={() => engine.send({ kind: "pick", check })}
            onEnter={() => engine.send({ kind: "enter", check })}
          />
        ))}
      </div>
    </Screen>
  );
}

/** The best state of the devices that can do it; none at all is as good as away. */
function stateOf(devices: readonly DeviceView[]): DeviceView["state"] {
  return (
    (["ready", "busy", "out"] as const).find((state) => devices.some((device) => device.state === state)) ?? "away"
  );
}

/** What staff call it, else what stands on its case; what a profile adds in brackets is for staff. */
const shortName = ({ name, model }: DeviceView): string => name ?? model.replace(/\s*\(.*$/, "");

function CheckCard(props: {
  readonly check: OfferedKind;
  readonly devices: readonly DeviceView[];
  readonly result: Result | undefined;
  readonly onPick: () => void;
  readonly onEnter: () => void;
}) {
  const text = useText();
  const state = stateOf(props.devices);
  // Without a device that can do it, a person's own number is typed, and marked so.
  const typed = state === "away";
  const locked = props.devices.find((device) => device.state === "out");
  const other = props.devices.find((device) => device.state === "ready" || device.state === "busy");
  const why = locked?.why;
  const severity = props.result && severityOf(props.result);
  const number = props.result && headline(text, props.result);
  return (
    <Press
      kind="card"
      className="check-card"
      onPress={typed ? props.onEnter : props.onPick}
      disabled={state === "out"}
      testId={`check-${props.check}`}
    >
      <span className="check-picture">
        <Picture name={props.check} />
        {state === "out" && (
          <span className="check-lock">
            <Icon name="lock" />
          </span>
        )}
      </span>
      <span className="check-name">{text(checkNames[props.check])}</span>
      {props.result === undefined ? (
        <span className="check-about">
          <span className={`device-state device-${state}`} data-testid="device-state" data-state={state}>
            {text(deviceWords[state])}
          </span>
          {state === "out" ? (
            <span className="check-sentence" data-testid="locked">
              {why === undefined ? text("ui.device_busy") : text.fault(why)}
            </span>
          ) : (
            <span>{typed ? text("kiosk.check.enter") : text("kiosk.check.minutes", { n: minutes[props.check] })}</span>
          )}
          {locked !== undefined && other !== undefined && (
            <span className="check-sentence" data-testid="use-other">
              {text("kiosk.check.other", { out: shortName(locked), ready: shortName(other) })}
            </span>
          )}
        </span>
      ) : (
        <span className="check-result">
          {number && <span className="number number-card">{number.words}</span>}
          {severity === undefined ? (
            <span className="sev sev-none">
              {text(props.result.next === "none" ? "kiosk.check.done" : "kiosk.check.more")}
            </span>
          ) : (
            <SeverityMark severity={severity} level={false} />
          )}
        </span>
      )}
    </Press>
  );
}
