import { useEffect, useRef } from "react";
import { useText } from "../parts/language.tsx";
import type { Live } from "./live.ts";

const fullScale = 300;
const radius = 88;
/** Three quarters of a circle, in units of the path. */
const arc = radius * Math.PI * 1.5;

/**
 * The pressure in the cuff, mmHg. The number and the arc are written into the page straight from the event: React draws
 * this once and is not asked again.
 */
export function CuffGauge({ live }: { readonly live: Live }) {
  const text = useText();
  const number = useRef<HTMLSpanElement>(null);
  const level = useRef<SVGPathElement>(null);
  useEffect(
    () =>
      live.listen("bp.cuff", (value) => {
        if (number.current) number.current.textContent = value === undefined ? "0" : String(Math.round(value));
        if (level.current)
          level.current.style.strokeDashoffset = String(arc * (1 - Math.min(1, (value ?? 0) / fullScale)));
      }),
    [live],
  );
  return (
    <div className="gauge">
      <svg viewBox="0 0 220 200" aria-hidden="true">
        <path
          className="gauge-scale"
          d={`M${110 - radius * Math.SQRT1_2} ${110 + radius * Math.SQRT1_2}A${radius} ${radius} 0 1 1 ${110 + radius * Math.SQRT1_2} ${110 + radius * Math.SQRT1_2}`}
        />
        <path
          ref={level}
          className="gauge-level"
          d={`M${110 - radius * Math.SQRT1_2} ${110 + radius * Math.SQRT1_2}A${radius} ${radius} 0 1 1 ${110 + radius * Math.SQRT1_2} ${110 + radius * Math.SQRT1_2}`}
          strokeDasharray={arc}
          strokeDashoffset={arc}
        />
      </svg>
      <p className="gauge-number">
        <span className="gauge-what">{text("kiosk.measure.cuff")}</span>
        {/* Not announced: a voice must not talk during a pressure reading. */}
        <span ref={number} className="number number-result" data-testid="live-pressure">
          0
        </span>
        <span className="unit">{text("kiosk.unit.mmHg")}</span>
      </p>
    </div>
  );
}
