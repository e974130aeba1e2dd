import { useCallback, useEffect, useState } from "react";
import type { StaffSession } from "../../../core/contract/technician-staff.ts";
import type { StationView } from "../../../core/contract/views.ts";
import { useHeard } from "../../parts/heard.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import type { DoorState, StationDoor } from "../../station.ts";
import { IdleGuard } from "./idle.tsx";
import { CurrentPage } from "./pages.tsx";
import { Data, FaultNote } from "./parts.tsx";
import { tabOf, tabs, type Route } from "./route.ts";
import { PlaceProvider, useWatch } from "./session.ts";
import { Shell } from "./shell.tsx";
import { useTech } from "./words.ts";

/** The place with somebody in it: the two feeds every page reads from, the tabs, and the way back. */
export function SignedIn(props: {
  readonly door: StationDoor;
  readonly line: DoorState;
  readonly station: StationView;
  readonly staff: StaffSession;
  readonly onLeave: () => void;
  readonly signedOut: () => void;
}) {
  const { door, staff, signedOut } = props;
  const tech = useTech();
  const [trail, setTrail] = useState<readonly Route[]>([{ at: "today" }]);
  const [idle, setIdle] = useState(false);
  const { session } = staff;
  const devices = useWatch(door, session, (client, options) => client.technician.devices.watch({ session }, options));
  const quality = useWatch(door, session, (client, options) => client.quality.watch({ session }, options));
  const over = devices.ended ? devices.fault : undefined;
  useEffect(() => {
    // A feed that ends by itself ends with the session.
    if (devices.ended && over !== "staff.forbidden") signedOut();
  }, [devices.ended, over, signedOut]);

  const go = useCallback((route: Route) => setTrail((old) => [...old, route]), []);
  const back = useCallback(() => setTrail((old) => (old.length > 1 ? old.slice(0, -1) : old)), []);
  useHeard("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) back();
  });

  const here = trail.at(-1) ?? { at: "today" };
  const tab = tabOf(here);
  return (
    <>
      <Shell
        station={props.station}
        line={props.line}
        onLeave={props.onLeave}
        covered={idle}
        who={
          <p className="who-chip" data-testid="staff">
            <Icon name="guest" />
            <Data>{staff.name}</Data>
            <span className="quiet">{tech(`tech.role.${staff.role}`)}</span>
          </p>
        }
        nav={
          <nav className="tech-tabs" aria-label={tech("tech.tabs")}>
            <Press kind="quiet" className="tech-back" onPress={back} disabled={trail.length === 1} testId="tech-back">
              <Icon name="back" />
              {tech("tech.back")}
            </Press>
            {tabs.map((one) => (
              <Press
                key={one}
                kind="quiet"
                pressed={one === tab}
                onPress={() => setTrail([{ at: one }])}
                testId={`tab-${one}`}
              >
                {tech(`tech.tab.${one}`)}
              </Press>
            ))}
          </nav>
        }
      >
        {devices.value === undefined ? (
          <p className="lead" role="status">
            {devices.fault === undefined ? tech("tech.opening") : <FaultNote code={devices.fault} />}
          </p>
        ) : (
          <PlaceProvider
            value={{
              door,
              station: props.station,
              staff,
              devices: devices.value,
              quality: quality.value,
              go,
              back,
              signedOut,
            }}
          >
            <CurrentPage key={JSON.stringify(here)} route={here} />
          </PlaceProvider>
        )}
      </Shell>
      <IdleGuard
        door={door}
        session={session}
        asking={idle}
        onAsk={setIdle}
        onLeave={props.onLeave}
        signedOut={signedOut}
      />
    </>
  );
}
