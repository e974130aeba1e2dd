import { offsetWords } from "./device-words.tsx";
import { Mark } from "./parts.tsx";
import { usePlace } from "./session.ts";
import { numberOf, useTech } from "./words.ts";

const says = {
  off: { kind: "care", code: "station.clockOff" },
  wrong: { kind: "bad", code: "gate.clockWrong" },
} as const;

/** The station's own clock, where it is not right by the hub: how far, what follows, what to do. */
export function StationClockNote() {
  const tech = useTech();
  const { state, hubAheadMs } = usePlace().station.clock;
  if (state === "unknown" || state === "right" || hubAheadMs === undefined) return null;
  const { kind, code } = says[state];
  return (
    <div className="notice tech-fault" role="status" data-testid="station-clock" data-state={state} data-code={code}>
      <p>
        <Mark kind={kind}>{tech("tech.stationClock", { offset: offsetWords(tech, -hubAheadMs) })}</Mark>
      </p>
      <p className="quiet">
        {tech.cause(code)} · {tech("tech.number", { n: numberOf(code) })}
      </p>
    </div>
  );
}
