import { useLayoutEffect } from "react";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft, WaitBar } from "../../parts/wait.tsx";
import { CuffGauge } from "../cuff-gauge.tsx";
import { checkNames } from "../judged.ts";
import { LiveNumber } from "../live-number.tsx";
import type { Live } from "../live.ts";
import { PulseWave } from "../pulse-wave.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { useVoice } from "../voice/voice.tsx";

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
  oximetry: "kiosk.prepare.device.oximetry",
  temperature: "kiosk.prepare.device.temperature",
  body: "kiosk.prepare.device.body",
} as const satisfies Record<OfferedKind, string>;

export function Measure({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const voice = useVoice();
  const { run, screen } = useShown();
  const watched = "visit" in screen && screen.visit.call === "talking";
  const isPressure = check === "bloodPressure";
  // Talking adds up to 10 mmHg; the station's own voice would be answered. Left before the next screen says its words.
  useLayoutEffect(() => (isPressure ? voice.hold() : undefined), [isPressure, voice]);
  return (
    <Screen
      name="measure"
      of={check}
      title={text(checkNames[check])}
      says={isPressure ? [] : [{ key: doing[check] }]}
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
        <LiveView check={check} live={engine.live} />
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

const pictures = {
  glucose: ["strip", "kiosk.picture.strip"],
  lipids: ["strip", "kiosk.picture.strip"],
  temperature: ["forehead", "kiosk.picture.forehead"],
  body: ["shoesOff", "kiosk.picture.shoesOff"],
} as const satisfies Readonly<Record<string, readonly [PictureName, string]>>;

/** What can be seen while it measures: pressure, pulse wave and numbers as they come; else what to do, as a picture. */
function LiveView({ check, live }: { readonly check: OfferedKind; readonly live: Live }) {
  const text = useText();
  if (check === "bloodPressure") return <CuffGauge live={live} />;
  if (check === "oximetry")
    return (
      <div className="live-pulse">
        <PulseWave live={live} of="pulse" />
        <div className="live-numbers">
          <LiveNumber live={live} quantity="spo2" testId="live-spo2" />
          <LiveNumber live={live} quantity="pulse.rate" testId="live-pulse" />
        </div>
      </div>
    );
  const [picture, says] = pictures[check];
  return (
    <figure className="show-picture">
      <Picture name={picture} says={text(says)} />
    </figure>
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
