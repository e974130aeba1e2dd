import { lazy, Suspense } from "react";
import type { StationView } from "../../core/contract/views.ts";
import { wayOut } from "../../core/machine/keep.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Picture } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";
import { useSecondsLeft } from "../parts/wait.tsx";
import type { Over } from "./engine.ts";
import { GuestAsked } from "./guest-asked.tsx";
import { News } from "./news.tsx";
import { Opinions } from "./opinions.tsx";
import { Sheet } from "./sheet.tsx";
import type { StationDoor } from "../station.ts";
import { useEngine, useShown } from "./use-kiosk.ts";

const ProofOf = lazy(async () => ({ default: (await import("./technician/proof-of.tsx")).ProofOf }));
const RingBackAsked = lazy(async () => ({ default: (await import("./ring-back-asked.tsx")).RingBackAsked }));

/** A question over the screen. The frame under it is inert, so focus cannot leave it. */
export function Overlay({ over, door }: { readonly over: Over; readonly door: StationDoor }) {
  switch (over) {
    case "help":
      return <Help />;
    case "emergency":
      return <Emergency />;
    case "opinion":
      return <Opinions />;
    case "answer":
      return <News />;
    case "proof":
      return <WhyTrust door={door} />;
    case "leave":
      return <LeaveAsk />;
    case "idle":
      return <StillThere />;
    case "guest":
      return <GuestAsked />;
    case "ringBack":
      return (
        <Suspense>
          <RingBackAsked />
        </Suspense>
      );
  }
}

function Help() {
  const text = useText();
  const engine = useEngine();
  const { station, screen } = useShown();
  const mayFetch = "visit" in screen && screen.at !== "emergency";
  return (
    <Sheet
      name="help"
      says={[{ key: "kiosk.help.title" }, { key: "ui.need_help" }]}
      title={text("kiosk.help.title")}
      actions={
        <>
          {mayFetch && (
            <Press kind="second" onPress={() => engine.send({ kind: "fetch" })} testId="help-fetch">
              <Icon name="help" />
              {text("kiosk.help.fetch")}
            </Press>
          )}
          <Press kind="main" onPress={() => engine.cover(undefined)} testId="help-close">
            {text("kiosk.help.close")}
          </Press>
        </>
      }
    >
      <div className="help-how">
        <Picture name="bell" className="help-bell" />
        <div className="help-words">
          <p className="lead">{text("ui.need_help")}</p>
          {station !== undefined && (
            <>
              {station.station.keeper !== "" && <p>{text("kiosk.help.keeper", { name: station.station.keeper })}</p>}
              <p>{text("kiosk.help.address", { address: addressOf(station) })}</p>
            </>
          )}
        </div>
      </div>
    </Sheet>
  );
}

/** Where an ambulance should come to. A station nobody gave a place still has a name. */
function addressOf(station: StationView | undefined): string {
  return station?.station.place || (station?.station.name ?? "");
}

/** What to do until help comes. It promises nothing that the station has not done. */
function Emergency() {
  const text = useText();
  const engine = useEngine();
  const { station } = useShown();
  return (
    <Sheet
      name="emergency"
      says={[{ key: "kiosk.emergency" }, { key: "em.speak1" }]}
      urgent
      title={text("kiosk.emergency")}
      actions={
        <Press kind="main" onPress={() => engine.cover(undefined)} testId="emergency-close">
          {text("kiosk.emergency.close")}
        </Press>
      }
    >
      <div className="help-how">
        <Picture name="bell" className="help-bell" />
        <div className="help-words lead">
          <p>{text("em.speak3", { address: addressOf(station) })}</p>
          <p>{text("em.speak1")}</p>
          <p>{text("em.after")}</p>
        </div>
      </div>
    </Sheet>
  );
}

/** What stands behind the number on the screen, for whoever asks: the second touch opens each part of it. */
function WhyTrust({ door }: { readonly door: StationDoor }) {
  const text = useText();
  const engine = useEngine();
  const { screen, visit } = useShown();
  const check = screen.at === "result" ? screen.check : undefined;
  const measurement = visit?.results.find(({ of }) => of === check)?.measurements.at(-1);
  return (
    <Sheet
      name="proof"
      says={[{ key: "kiosk.proof.title" }]}
      title={text("kiosk.proof.title")}
      actions={
        <Press kind="main" onPress={() => engine.cover(undefined)} testId="proof-close">
          <Icon name="yes" />
          {text("kiosk.opinion.read")}
        </Press>
      }
    >
      {measurement && (
        <Suspense fallback={<p className="lead">{text("kiosk.proof.opening")}</p>}>
          <ProofOf door={door} measurement={measurement} />
        </Suspense>
      )}
    </Sheet>
  );
}

function LeaveAsk() {
  const text = useText();
  const engine = useEngine();
  const { screen } = useShown();
  const running = screen.at === "measure" || screen.at === "confirm";
  return (
    <Sheet
      name="leave"
      says={[{ key: "kiosk.leave.ask" }, { key: running ? "kiosk.leave.running" : "kiosk.leave.what" }]}
      title={text("kiosk.leave.ask")}
      actions={
        <>
          <Press kind="second" onPress={() => engine.cover(undefined)} testId="leave-stay">
            {text("kiosk.leave.stay")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: wayOut(screen) })} testId="leave-done">
            {text("ui.done")}
          </Press>
        </>
      }
    >
      <p className="lead">{text(running ? "kiosk.leave.running" : "kiosk.leave.what")}</p>
    </Sheet>
  );
}

function StillThere() {
  const text = useText();
  const engine = useEngine();
  const endsAt = useShown().visit?.idle?.endsAt;
  const seconds = useSecondsLeft(endsAt === undefined ? undefined : Date.parse(endsAt));
  return (
    <Sheet
      name="idle"
      says={[{ key: "kiosk.idle.title" }, { key: "kiosk.idle.what" }]}
      urgent
      title={text("kiosk.idle.title")}
      actions={
        // The touch itself has told the host.
        <Press kind="main" first onPress={() => engine.cover(undefined)} testId="idle-here">
          {text("kiosk.idle.here")}
        </Press>
      }
    >
      <p className="lead">{text("kiosk.idle.what")}</p>
      <p className="number number-number" role="timer">
        {text("kiosk.idle.left", { n: seconds })}
      </p>
    </Sheet>
  );
}
