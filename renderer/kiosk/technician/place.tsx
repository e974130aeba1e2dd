import { useCallback, useEffect, useState } from "react";
import type { StaffSession } from "../../../core/contract/technician-staff.ts";
import type { StationView } from "../../../core/contract/views.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { DoorState, StationDoor } from "../../station.ts";
import { NumberPadProvider } from "./number-pad.tsx";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";
import { SignedIn } from "./signed-in.tsx";
import "../own-words.ts";
import "./styles.ts";

/**
 * The technician's place. It opens from the welcome screen only, so that no resident's visit is open meanwhile, and it
 * holds no person's numbers. Leaving it, or nobody touching it, ends the session at the station.
 */
export function TechnicianPlace(props: {
  readonly door: StationDoor;
  readonly line: DoorState;
  readonly station: StationView;
  readonly onLeave: () => void;
}) {
  const { door, station, onLeave } = props;
  const [session, setSession] = useState<StaffSession>();
  const [fault, setFault] = useState<FaultCode>();
  const signedOut = useCallback(() => {
    setSession(undefined);
    setFault("staff.signedOut");
  }, []);
  const leave = useCallback(() => {
    if (session) void door.client.technician.staff.signOut({ session: session.session }).catch(() => undefined);
    setSession(undefined);
    onLeave();
  }, [door, session, onLeave]);

  useEffect(() => {
    document.documentElement.classList.add("tech-open");
    return () => document.documentElement.classList.remove("tech-open");
  }, []);

  return (
    <NumberPadProvider>
      {session === undefined ? (
        <Shell station={station} line={props.line} onLeave={leave}>
          <SignIn
            door={door}
            simulated={station.simulated}
            fault={fault}
            onSession={(opened) => {
              setFault(undefined);
              setSession(opened);
            }}
          />
        </Shell>
      ) : (
        <SignedIn
          key={session.session}
          door={door}
          line={props.line}
          station={station}
          staff={session}
          onLeave={leave}
          signedOut={signedOut}
        />
      )}
    </NumberPadProvider>
  );
}
