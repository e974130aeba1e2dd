import { useEffect, useRef, useState } from "react";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { createQuietness } from "./quietness.ts";

/**
 * Shows whether the room is quiet enough. Without a microphone it shows nothing and tells nothing. `onQuiet` hears every
 * change, and undefined while nothing can be said. The bar is drawn past React.
 */
export function QuietMeter({ onQuiet }: { readonly onQuiet: (quiet: boolean | undefined) => void }) {
  const text = useText();
  const [quiet, setQuiet] = useState<boolean>();
  const bar = useRef<HTMLElement>(null);
  const tell = useRef(onQuiet);
  useEffect(() => {
    tell.current = onQuiet;
  });
  useEffect(() => {
    const quietness = createQuietness();
    let left = false;
    let stop: (() => void) | undefined;
    let last: boolean | undefined;
    const hear = (level: number) => {
      const now = performance.now();
      quietness.hear(level, now);
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, Math.sqrt(level) * 2.2).toFixed(3)})`;
      const is = quietness.isQuiet(now);
      if (is === last) return;
      last = is;
      setQuiet(is);
      tell.current(is);
    };
    void import("../consult/sound-level.ts")
      .then(({ listenToRoom }) => listenToRoom(hear))
      .then((end) => {
        if (left) end?.();
        else stop = end;
      });
    return () => {
      left = true;
      stop?.();
    };
  }, []);
  if (quiet === undefined) return null;
  return (
    <div className="sound" data-testid="sound" data-quiet={quiet}>
      <p className={quiet ? "sev sev-0" : "sev sev-2"} role="status">
        <Icon name={quiet ? "yes" : "no"} />
        {text(quiet ? "kiosk.sound.quiet" : "kiosk.sound.loud")}
      </p>
      <p className="quiet">
        {text("kiosk.sound.title")}
        <span className="sound-track" aria-hidden="true">
          <i ref={bar} />
        </span>
      </p>
      <p className="quiet">{text("kiosk.sound.kept")}</p>
    </div>
  );
}
