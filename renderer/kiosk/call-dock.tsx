import { lazy, Suspense } from "react";
import { stepKey } from "../consult/line-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { CameIn } from "./came-in.tsx";
import { useGuestAsked } from "./guests.ts";
import { useRingBack } from "./ring-back.ts";
import { callWords } from "./screens/consult.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";

const VideoPair = lazy(async () => ({ default: (await import("../consult/VideoPair.tsx")).VideoPair }));
const CallRoom = lazy(async () => ({ default: (await import("./call-room.tsx")).CallRoom }));

/**
 * The call, on every screen: big on the consult screen, small beside the others, so that a resident can measure while a
 * doctor watches. One element for the whole call: the picture never stops when the screen changes.
 */
export function CallDock() {
  const text = useText();
  const engine = useEngine();
  const { screen, call } = useShown();
  useGuestAsked();
  useRingBack();
  if (!("visit" in screen) || screen.visit.call === "none") return null;
  const big = screen.at === "consult";
  const talking = screen.visit.call === "talking";
  if (big && !talking) return null;
  const mayGo = screen.at !== "measure" && screen.at !== "confirm";
  return (
    <aside
      className={big ? "dock dock-big" : "dock dock-small"}
      aria-label={text("kiosk.consult.doctor")}
      data-testid="call-dock"
      data-state={call.view?.state}
    >
      {talking && (
        <Suspense fallback={<div className="video-pair" />}>
          {call.talk === "room" && call.room ? (
            <CallRoom room={call.room} />
          ) : (
            <VideoPair
              remote={call.remote ?? null}
              local={call.local ?? null}
              remoteLabel={text("kiosk.consult.doctor")}
              localLabel={text("kiosk.consult.self")}
              playLabel={text("kiosk.go")}
            >
              <LineWords />
            </VideoPair>
          )}
          <CameIn />
        </Suspense>
      )}
      {!big && (
        <div className="dock-side">
          <p role="status">{callWords(text, call)}</p>
          {mayGo && (
            <Press kind="quiet" onPress={() => engine.send({ kind: "callDoctor" })} testId="to-consult">
              <Icon name="call" />
              {text("kiosk.consult.back")}
            </Press>
          )}
        </div>
      )}
    </aside>
  );
}

/** What the line carries of each side, where it is not simply the picture. */
function LineWords() {
  const text = useText();
  const { call } = useShown();
  return (["other", "own"] as const).map((whose) => {
    const key = stepKey("kiosk", whose, call.line[whose]);
    return (
      key && (
        <p key={whose} className="dock-line" role="status" data-testid={`line-${whose}`}>
          {text(key)}
        </p>
      )
    );
  });
}
