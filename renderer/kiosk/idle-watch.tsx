import { useEffect, useState } from "react";
import { useHeard } from "../parts/heard.ts";
import { useEngine, useShown } from "./use-kiosk.ts";

/** Before a visit is open the host knows of nobody who could have gone. A recognition is good for two minutes. */
const beforeVisitMs = 60_000;

/**
 * Tells the host that somebody is there; the host alone counts how long nobody was, and asks and ends the visit. Only
 * before a visit is open the page counts itself, so that no half recognized name stays on an empty screen.
 */
export function IdleWatch() {
  const engine = useEngine();
  const { screen } = useShown();
  const isBefore = !("visit" in screen) && screen.at !== "welcome" && screen.at !== "away";

  const [touches, setTouches] = useState(0);

  useEffect(() => {
    if (!isBefore) return;
    const timer = setTimeout(() => engine.send({ kind: "idle" }), beforeVisitMs);
    return () => clearTimeout(timer);
  }, [engine, isBefore, touches]);

  const touched = (way: "touch" | "key") => {
    engine.touch(way);
    setTouches((count) => count + 1);
  };
  useHeard("pointerdown", () => touched("touch"), { capture: true });
  useHeard("keydown", () => touched("key"), { capture: true });

  return null;
}
