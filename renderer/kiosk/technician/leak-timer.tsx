import { useState } from "react";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft, WaitBar } from "../../parts/wait.tsx";
import { useTech } from "./words.ts";

const halfMs = 60_000;

/** One minute for the temperature to settle, one for the leak: the two moments to read the manometer. */
export function LeakTimer() {
  const tech = useTech();
  const [begun, setBegun] = useState<number>();
  const settled = useSecondsLeft(begun === undefined ? undefined : begun + halfMs);
  const over = useSecondsLeft(begun === undefined ? undefined : begun + 2 * halfMs);
  return (
    <div className="leak-timer" data-testid="leak-timer">
      <p role="timer" className="lead">
        {begun === undefined
          ? tech("tech.leak.ready")
          : settled > 0
            ? tech("tech.leak.settling", { n: settled })
            : over > 0
              ? tech("tech.leak.reading", { n: over })
              : tech("tech.leak.over")}
      </p>
      {begun !== undefined && over > 0 && <WaitBar key={begun} ms={2 * halfMs} />}
      <Press kind="second" onPress={() => setBegun(Date.now())} testId="leak-start">
        {tech(begun === undefined ? "tech.leak.start" : "tech.leak.again")}
      </Press>
    </div>
  );
}
