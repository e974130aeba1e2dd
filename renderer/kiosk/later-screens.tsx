import type { StationView } from "../../core/contract/views.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { KioskState } from "../../core/machine/kiosk.ts";
import { Taken } from "./own/taken.tsx";
import { Asked } from "./screens/asked.tsx";
import { Checks } from "./screens/checks.tsx";
import { CodeLater } from "./screens/code-later.tsx";
import { Confirm } from "./screens/confirm.tsx";
import { Consent } from "./screens/consent.tsx";
import { Consult } from "./screens/consult.tsx";
import { Emergency } from "./screens/emergency.tsx";
import { Enter } from "./screens/enter.tsx";
import { Failed } from "./screens/failed.tsx";
import { Farewell } from "./screens/farewell.tsx";
import { IsItYou } from "./screens/is-it-you.tsx";
import { Keep } from "./screens/keep.tsx";
import { Link } from "./screens/link.tsx";
import { MayDoctor } from "./screens/may-doctor.tsx";
import { Measure } from "./screens/measure.tsx";
import { Message } from "./screens/message.tsx";
import { Mine } from "./screens/mine.tsx";
import { NextStep } from "./screens/next-step.tsx";
import { NoCard } from "./screens/no-card.tsx";
import { Person } from "./screens/person.tsx";
import { Phone } from "./screens/phone.tsx";
import { Prepare } from "./screens/prepare.tsx";
import { PutAway } from "./screens/put-away.tsx";
import { Rate } from "./screens/rate.tsx";
import { Result } from "./screens/result.tsx";
import { Results } from "./screens/results.tsx";
import { Show } from "./screens/show.tsx";
import { Sign } from "./screens/sign.tsx";
import { TakeAway } from "./screens/take-away.tsx";
import { Triage } from "./screens/triage.tsx";
import { WasIt } from "./screens/was-it.tsx";
import { Who } from "./screens/who.tsx";
import "./own-words.ts";
import { useShown } from "./use-kiosk.ts";

export { CallDock } from "./call-dock.tsx";
export { Overlay } from "./overlay.tsx";
export { Farewell };

/** One of the questions that have waited for the first result. */
function OwedOf({ screen }: { readonly screen: Extract<KioskState, { readonly at: "owed" }> }) {
  const { what, named, visit } = screen;
  if (what === "sign") return <Sign />;
  if (what === "medicines") return <Taken screen={screen} />;
  if (what === "warning" || what === "minor") return <Triage board={what} named={named} />;
  return <Consent key={what} scope={what} child={visit.child === true} />;
}

/** The screen of a visit's step. */
export function ScreenOf({
  screen,
  station,
}: {
  readonly screen: Exclude<KioskState, { readonly at: "away" | "welcome" }>;
  readonly station: StationView;
}) {
  const { visit } = useShown();
  switch (screen.at) {
    case "who":
      return <Who station={station} screen={screen} />;
    case "noCard":
      return <NoCard />;
    case "phone":
      return <Phone screen={screen} />;
    case "codeLater":
      return <CodeLater />;
    case "wasIt":
      return <WasIt />;
    case "link":
      return <Link key={screen.step} screen={screen} />;
    case "isItYou":
      return <IsItYou screen={screen} />;
    case "consent":
      return <Consent scope="keep" child={screen.found.child === true} />;
    case "person":
      return <Person station={station} screen={screen} />;
    case "triage":
      return <Triage board="emergency" named={[]} />;
    case "owed":
      return <OwedOf screen={screen} />;
    case "emergency":
      return <Emergency station={station} screen={screen} />;
    case "checks":
      return <Checks station={station} visit={visit} />;
    case "prepare":
      return <Prepare key={screen.check} check={screen.check} step={screen.step} />;
    case "measure":
      return <Measure check={screen.check} />;
    case "enter":
      return <Enter check={screen.check} />;
    case "confirm":
      return <Confirm check={screen.check} />;
    case "failed":
      return <Failed code={screen.code} />;
    case "result":
      return screen.putAway === undefined ? <Result check={screen.check} /> : <PutAway again={screen.putAway.again} />;
    case "results":
      return <Results />;
    case "nextStep":
      return <NextStep />;
    case "takeAway":
      return <TakeAway as={screen.as} wrong={screen.wrong} />;
    case "keep":
      return <Keep screen={screen} />;
    case "rate":
      return <Rate />;
    case "mine":
      return <Mine menu={screen.menu} page={screen.page} />;
    case "mayDoctor":
      return <MayDoctor />;
    case "consult":
      return <Consult />;
    case "asked":
      return <Asked check={screen.check} said={screen.said === true} />;
    case "show":
      return <Show what={screen.what} />;
    case "message":
      return <Message step={screen.step} />;
    default:
      return missingCase(screen);
  }
}
