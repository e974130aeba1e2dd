import type { ReactNode } from "react";
import type { StationView } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import type { DoorState } from "../../station.ts";
import { BrandMark, LanguageSwitch } from "../frame.tsx";
import { TextSizeKey } from "../text-size-key.tsx";
import { Data } from "./parts.tsx";
import { useTech } from "./words.ts";

/** What stands around every page of the place: whose station, who is signed in, what is simulated, the way out. */
export function Shell(props: {
  readonly station: StationView;
  readonly line: DoorState;
  readonly onLeave: () => void;
  readonly who?: ReactNode;
  readonly nav?: ReactNode;
  readonly children: ReactNode;
  /** A question is over the page. */
  readonly covered?: boolean;
}) {
  const tech = useTech();
  const text = useText();
  const { station } = props;
  return (
    <div className="tech" data-testid="technician" inert={props.covered ?? false}>
      <header>
        <div className="tech-top">
          <div className="brand">
            <BrandMark />
            <div>
              <p className="brand-name">{tech("tech.title")}</p>
              <p className="brand-station">
                <Data>{station.station.name}</Data>
              </p>
            </div>
          </div>
          {props.who}
          <LanguageSwitch />
          <TextSizeKey className="tech-text-size" />
          <Press kind="quiet" onPress={props.onLeave} testId="tech-leave">
            <Icon name="leave" />
            {tech("tech.leave")}
          </Press>
        </div>
        <div className="strips">
          {station.simulated && (
            <p className="strip strip-simulated" role="note" data-testid="simulated">
              {text("kiosk.simulated")}
            </p>
          )}
          {props.line !== "open" && (
            <p className="strip strip-away" role="status" data-testid="tech-line">
              <Icon name="away" />
              {text("kiosk.gone.title")}
            </p>
          )}
        </div>
      </header>
      {props.nav}
      <main className="tech-main" tabIndex={0} aria-label={tech("tech.title")}>
        {props.children}
      </main>
    </div>
  );
}
