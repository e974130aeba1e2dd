import { useEffect } from "react";
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

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      if (isBefore) timer = setTimeout(() => engine.send({ kind: "idle" }), beforeVisitMs);
    };
    const touched = (way: "touch" | "key") => () => {
      engine.touch(way);
      wait();
    };
    const byHand = touched("touch");
    const byKey = touched("key");
    wait();
    document.addEventListener("pointerdown", byHand, { capture: true });
    document.addEventListener("keydown", byKey, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", byHand, { capture: true });
      document.removeEventListener("keydown", byKey, { capture: true });
    };
  }, [engine, isBefore]);

  return null;
}
