import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft, WaitBar } from "../../parts/wait.tsx";
import { CuffGauge } from "../cuff-gauge.tsx";
import { checkNames } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

const phases = {
  opening: "kiosk.phase.opening",
  contacting: "kiosk.phase.contacting",
  waiting: "kiosk.phase.waiting",
  measuring: "kiosk.phase.measuring",
  reading: "kiosk.phase.reading",
} as const;
const doing = {
  bloodPressure: "prep.quiet",
  glucose: "kiosk.prepare.device.glucose",
  lipids: "kiosk.prepare.device.lipids",
} as const;

export function Measure({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const { run, screen } = useShown();
  const watched = "visit" in screen && screen.visit.call === "talking";
  return (
    <Screen
      name="measure"
      title={text(checkNames[check])}
      note={
        watched && (
          <p className="tag tag-live" data-testid="doctor-watches">
            <Icon name="call" />
            {text("kiosk.consult.live")}
          </p>
        )
      }
      actions={
        <Press kind="stop" className="press-wide" onPress={() => engine.send({ kind: "stop" })} testId="stop">
          <Icon name="stop" />
          {text("kiosk.measure.stop")}
        </Press>
      }
    >
      <div className="measuring">
        {check === "bloodPressure" ? (
          <CuffGauge live={engine.live} />
        ) : (
          <figure className="show-picture">
            <Picture name="strip" says={text("kiosk.picture.strip")} />
          </figure>
        )}
        <div className="measuring-words">
          <p className="title" role="status" data-testid="phase" data-phase={run?.phase?.name}>
            {text(run?.accepted ? "kiosk.phase.saving" : phases[run?.phase?.name ?? "opening"])}
          </p>
          {run?.phase !== undefined && <Latest key={run.phase.end} ms={run.phase.latestMs} end={run.phase.end} />}
          <p className="lead">{text(doing[check])}</p>
        </div>
      </div>
    </Screen>
  );
}

/** How long this can take at the most; a wait without an end is not shown. */
function Latest({ ms, end }: { readonly ms: number; readonly end: number }) {
  const text = useText();
  const seconds = useSecondsLeft(end);
  return (
    <div className="wait">
      <WaitBar ms={ms} />
      <p className="quiet" data-testid="wait-latest">
        {seconds > 120
          ? text("kiosk.phase.latestMinutes", { n: Math.ceil(seconds / 60) })
          : text("kiosk.phase.latest", { n: seconds })}
      </p>
    </div>
  );
}
