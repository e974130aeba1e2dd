import { useEffect, useState } from "react";
import { v7 } from "uuid";
import type { Staff, StaffSession } from "../../../core/contract/technician-staff.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { useHeard } from "../../parts/heard.ts";
import { faultOf, type StationDoor } from "../../station.ts";
import { Data, FaultNote, Field, Page } from "./parts.tsx";
import { PinPad } from "./pin-pad.tsx";
import { useTech } from "./words.ts";

type Known = { readonly staff: readonly Staff[]; readonly setUp: boolean };

/** Who is there, and that they are. Nothing of the station can be seen or changed before. */
export function SignIn(props: {
  readonly door: StationDoor;
  readonly simulated: boolean;
  /** Why one is here again. */
  readonly fault: FaultCode | undefined;
  readonly onSession: (session: StaffSession) => void;
}) {
  const { door } = props;
  const [known, setKnown] = useState<Known>();
  const [person, setPerson] = useState<Staff>();
  const [fault, setFault] = useState(props.fault);
  useEffect(() => {
    let gone = false;
    const ask = () => {
      door.client.technician.staff.list().then(
        (list) => {
          if (!gone) setKnown(list);
        },
        (error: unknown) => {
          if (!gone) setFault(faultOf(error));
        },
      );
    };
    ask();
    const leave = door.onState((state) => {
      if (state === "open") ask();
    });
    return () => {
      gone = true;
      leave();
    };
  }, [door]);
  useHeard("keydown", (event) => {
    if (event.key === "Escape") setPerson(undefined);
  });
  if (known?.setUp === true) return <SetUp {...props} />;
  if (person !== undefined) return <Pin {...props} person={person} onBack={() => setPerson(undefined)} />;
  return <Names known={known} fault={fault} onPick={setPerson} />;
}

function Names(props: {
  readonly known: Known | undefined;
  readonly fault: FaultCode | undefined;
  readonly onPick: (person: Staff) => void;
}) {
  const tech = useTech();
  return (
    <Page name="sign-in" title={tech("tech.who.title")} note={tech("tech.who.what")}>
      <FaultNote code={props.fault} />
      <ul className="tech-people">
        {props.known?.staff.map((one) => (
          <li key={one.id}>
            <Press kind="card" className="tech-person" onPress={() => props.onPick(one)} testId="staff-card">
              <Icon name="guest" />
              <strong>
                <Data>{one.name}</Data>
              </strong>
              <span className="quiet">
                {tech(`tech.role.${one.role}`)}
                {one.specimen && ` · ${tech("tech.specimen")}`}
              </span>
            </Press>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Pin(props: {
  readonly door: StationDoor;
  readonly simulated: boolean;
  readonly person: Staff;
  readonly onBack: () => void;
  readonly onSession: (session: StaffSession) => void;
}) {
  const tech = useTech();
  const { person } = props;
  const [fault, setFault] = useState<FaultCode>();
  const [until, setUntil] = useState<number>();
  const [busy, setBusy] = useState(false);
  const seconds = useSecondsLeft(until);
  const signIn = (pin: string) => {
    setBusy(true);
    setFault(undefined);
    props.door.client.technician.staff
      .signIn({ operator: person.id, pin })
      .then(props.onSession, (error: unknown) => {
        setFault(faultOf(error));
        const wait = waitOf(error);
        if (wait !== undefined) setUntil(Date.now() + wait * 1_000);
      })
      .finally(() => setBusy(false));
  };
  return (
    <Page
      name="pin"
      title={tech("tech.pin.title")}
      note={
        <>
          <Data>{person.name}</Data> · {tech("tech.pin.what")}
        </>
      }
    >
      {person.specimenPin !== undefined && props.simulated && (
        <p className="tech-specimen" role="note" data-testid="specimen-pin">
          {tech("tech.pin.specimen", { pin: person.specimenPin })}
        </p>
      )}
      <FaultNote code={fault === "staff.locked" && seconds === 0 ? undefined : fault} />
      {seconds > 0 && (
        <p className="title" role="timer" data-testid="pin-wait">
          {tech("tech.pin.wait", { n: seconds })}
        </p>
      )}
      <PinPad onDone={signIn} disabled={busy || seconds > 0} />
      <Press kind="quiet" onPress={props.onBack} testId="pin-other">
        <Icon name="back" />
        {tech("tech.pin.other")}
      </Press>
    </Page>
  );
}

/** Seconds until the next try, where the station said so. */
function waitOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("waitSeconds" in data)) return undefined;
  return typeof data.waitSeconds === "number" ? data.waitSeconds : undefined;
}

/** The first technician of a station, by the code its shell printed. */
function SetUp(props: { readonly door: StationDoor; readonly onSession: (session: StaffSession) => void }) {
  const tech = useTech();
  const [id] = useState(() => v7());
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const ready = code.trim() !== "" && name.trim() !== "" && /^\d{6,12}$/.test(pin) && pin === again;
  const setUp = () => {
    if (!ready) return;
    props.door.client.technician.staff
      .setUp({ id, code: code.trim(), name, pin })
      .then(props.onSession, (error: unknown) => setFault(faultOf(error)));
  };
  return (
    <Page name="set-up" title={tech("tech.setUp.title")} note={tech("tech.setUp.what")}>
      <FaultNote code={fault} />
      <form
        className="tech-form"
        onSubmit={(event) => {
          event.preventDefault();
          setUp();
        }}
      >
        <Field first label={tech("tech.setUp.code")} value={code} onChange={setCode} testId="setup-code" />
        <Field label={tech("tech.staff.name")} value={name} onChange={setName} maxLength={40} testId="setup-name" />
        <Field
          type="password"
          label={tech("tech.staff.pin")}
          hint={tech("tech.staff.pin.rule")}
          value={pin}
          onChange={setPin}
          testId="setup-pin"
        />
        <Field
          type="password"
          label={tech("tech.staff.pin.again")}
          value={again}
          onChange={setAgain}
          testId="setup-again"
        />
        <button
          type="submit"
          className="press press-main"
          disabled={!ready}
          {...(ready ? {} : { "data-disabled": "" })}
          data-testid="setup-done"
        >
          {tech("tech.setUp.done")}
        </button>
      </form>
    </Page>
  );
}
