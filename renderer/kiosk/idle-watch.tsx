import { useEffect, useState } from "react";
import { useEngine, useShown } from "./use-kiosk.ts";
import type { Shown } from "./engine.ts";

const idleMs = 60_000;
export const warningMs = 20_000;

/** While something of the visit goes on by itself, nobody has to touch the screen. */
function mayIdle({ screen, call, visit, line, farewell }: Shown, now: number): boolean {
  if (farewell || line !== "open" || !("visit" in screen)) return screen.at === "who";
  if (screen.at === "measure" || screen.at === "confirm") return false;
  if (screen.visit.call !== "none" || call.view !== undefined) return false;
  const rests = visit?.results.some(({ notBefore }) => notBefore !== undefined && Date.parse(notBefore) > now) ?? false;
  return !(screen.at === "result" && rests);
}

/** Nobody there for a minute: ask; nobody for twenty seconds more: clear the page. Any touch extends, as often as wanted. */
export function IdleWatch() {
  const engine = useEngine();
  const shown = useShown();
  const [touched, setTouched] = useState(0);

  useEffect(() => {
    const touch = () => {
      setTouched((count) => count + 1);
      if (engine.shown().over === "idle") engine.cover(undefined);
    };
    document.addEventListener("pointerdown", touch, { capture: true });
    document.addEventListener("keydown", touch, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", touch, { capture: true });
      document.removeEventListener("keydown", touch, { capture: true });
    };
  }, [engine]);

  const { screen, over } = shown;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const leave = () => engine.send({ kind: "idle" });
    const ask = () => {
      if (!mayIdle(engine.shown(), Date.now())) timer = setTimeout(ask, idleMs);
      else if ("visit" in engine.shown().screen) engine.cover("idle");
      else leave();
    };
    timer = over === "idle" ? setTimeout(leave, warningMs) : setTimeout(ask, idleMs);
    return () => clearTimeout(timer);
  }, [engine, touched, screen.at, over]);

  return null;
}
