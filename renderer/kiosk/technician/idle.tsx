import { useEffect, useRef, useState } from "react";
import { useHeard } from "../../parts/heard.ts";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { faultOf, type StationDoor } from "../../station.ts";
import { useTech } from "./words.ts";

const idleMs = 240_000;
const warningMs = 30_000;
/** The station ends a session after ten minutes without a call: a person who only reads is told to it this often. */
const stayEveryMs = 120_000;

/** Nobody touches the place for four minutes: ask; nobody for thirty seconds more: sign out. Any touch or key extends. */
export function IdleGuard(props: {
  readonly door: StationDoor;
  readonly session: string;
  readonly asking: boolean;
  readonly onAsk: (asking: boolean) => void;
  readonly onLeave: () => void;
  readonly signedOut: () => void;
}) {
  const { door, session, asking, onAsk, onLeave, signedOut } = props;
  const [touched, setTouched] = useState(0);
  const told = useRef(0);

  const touch = () => {
    setTouched((count) => count + 1);
    onAsk(false);
    if (Date.now() - told.current < stayEveryMs) return;
    told.current = Date.now();
    door.client.technician.staff.stay({ session }).catch((error: unknown) => {
      if (faultOf(error) === "staff.signedOut") signedOut();
    });
  };
  useHeard("pointerdown", touch, { capture: true });
  useHeard("keydown", touch, { capture: true });

  useEffect(() => {
    const timer = asking ? setTimeout(onLeave, warningMs) : setTimeout(() => onAsk(true), idleMs);
    return () => clearTimeout(timer);
  }, [asking, touched, onAsk, onLeave]);

  return asking ? <StillHere onHere={() => onAsk(false)} /> : null;
}

function StillHere({ onHere }: { readonly onHere: () => void }) {
  const tech = useTech();
  const [end] = useState(() => Date.now() + warningMs);
  const seconds = useSecondsLeft(end);
  return (
    <div className="cover">
      <section
        className="sheet"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="tech-idle"
        data-testid="tech-idle"
      >
        <h2 id="tech-idle">{tech("tech.idle.title")}</h2>
        <p className="lead" role="timer">
          {tech("tech.idle.what", { n: seconds })}
        </p>
        <div className="sheet-actions">
          <Press kind="main" first onPress={onHere} testId="tech-here">
            {tech("tech.idle.here")}
          </Press>
        </div>
      </section>
    </div>
  );
}
