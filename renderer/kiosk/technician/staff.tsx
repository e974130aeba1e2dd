import { useEffect, useState } from "react";
import type { Staff, StaffRole } from "../../../core/contract/technician-staff.ts";
import { measurementKinds, type MeasurementKind } from "../../../core/domain/outcome.ts";
import { dayIn, DayField } from "./number-pad.tsx";
import { Card, Choices, Data, FaultNote, Field, HoldPress, Mark, Page } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Who may sign in here, what they are certified for, and one's own PIN. */
export function StaffPage() {
  const tech = useTech();
  const { staff, door, quality } = usePlace();
  const [people, setPeople] = useState<readonly Staff[]>([]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    door.client.technician.staff.list().then(
      (list) => {
        if (!gone) setPeople(list.staff);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [door, round]);
  const again = () => setRound((old) => old + 1);
  const leads = staff.role === "technician";
  return (
    <Page name="staff" title={tech("tech.staff.title")} note={tech("tech.staff.what")}>
      <div className="tech-grid tech-grid-two">
        {people.map((one) => (
          <Person
            key={one.id}
            person={one}
            certified={quality?.operators.filter(({ id }) => id === one.id) ?? []}
            leads={leads}
            onChange={again}
          />
        ))}
        <OwnPin own={staff.staff} />
        {leads && <Add onDone={again} />}
        {leads && <Certify people={people} />}
      </div>
    </Page>
  );
}

function Person(props: {
  readonly person: Staff;
  readonly certified: readonly { readonly of: MeasurementKind; readonly validUntil: string; readonly valid: boolean }[];
  readonly leads: boolean;
  readonly onChange: () => void;
}) {
  const tech = useTech();
  const { staff } = usePlace();
  const { person } = props;
  const retire = useAct((client, own) => client.technician.staff.retire({ ...own, staff: person.id }));
  const self = person.id === staff.staff;
  return (
    <Card
      title={<Data>{person.name}</Data>}
      mark={<Mark kind={self ? "ok" : "none"}>{self ? tech("tech.staff.you") : tech(`tech.role.${person.role}`)}</Mark>}
      testId="person"
      actions={
        props.leads &&
        !self && (
          <HoldPress onDone={() => void retire.run().then((answer) => answer && props.onChange())} testId="retire">
            {tech("tech.staff.retire")}
          </HoldPress>
        )
      }
    >
      <p className="quiet">
        {tech(`tech.role.${person.role}`)}
        {person.specimen && ` · ${tech("tech.specimen")}`}
      </p>
      <ul className="tech-suggestions">
        {props.certified.map(({ of, validUntil, valid }) => (
          <li key={of}>
            <Mark kind={valid ? "ok" : "bad"}>
              {tech.code("tech.of", of)} {tech("tech.until", { time: tech.day(validUntil) })}
            </Mark>
          </li>
        ))}
      </ul>
      <FaultNote code={retire.fault} />
    </Card>
  );
}

const isPin = (typed: string) => /^\d{6,12}$/.test(typed);

function OwnPin({ own }: { readonly own: string }) {
  const tech = useTech();
  const [old, setOld] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [done, setDone] = useState(false);
  const change = useAct((client, act) => client.technician.staff.changePin({ ...act, staff: own, old, pin }));
  const ready = old !== "" && isPin(pin) && pin === again;
  return (
    <Card title={tech("tech.staff.ownPin")}>
      <form
        className="tech-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          void change.run().then((answer) => {
            setDone(answer !== undefined);
            setOld("");
            setPin("");
            setAgain("");
          });
        }}
      >
        <Field type="password" label={tech("tech.staff.pin.old")} value={old} onChange={setOld} />
        <Field
          type="password"
          label={tech("tech.staff.pin.new")}
          hint={tech("tech.staff.pin.rule")}
          value={pin}
          onChange={setPin}
        />
        <Field type="password" label={tech("tech.staff.pin.again")} value={again} onChange={setAgain} />
        <FaultNote code={change.fault} />
        {done && <Mark kind="ok">{tech("tech.done")}</Mark>}
        <button
          type="submit"
          className="press press-second"
          disabled={!ready}
          {...(ready ? {} : { "data-disabled": "" })}
        >
          {tech("tech.staff.pin.change")}
        </button>
      </form>
    </Card>
  );
}

function Add({ onDone }: { readonly onDone: () => void }) {
  const tech = useTech();
  const [name, setName] = useState("");
  const [role, setRole] = useState<StaffRole>("operator");
  const [pin, setPin] = useState("");
  const add = useAct((client, own) => client.technician.staff.add({ ...own, name: name.trim(), role, pin }));
  const ready = name.trim() !== "" && isPin(pin);
  return (
    <Card title={tech("tech.staff.add")}>
      <form
        className="tech-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          void add.run().then((answer) => {
            if (answer === undefined) return;
            setName("");
            setPin("");
            onDone();
          });
        }}
      >
        <Field label={tech("tech.staff.name")} value={name} onChange={setName} maxLength={40} testId="add-name" />
        <Choices
          label={tech("tech.staff.role")}
          choices={(["operator", "technician"] as const).map((one) => ({ name: one, says: tech(`tech.role.${one}`) }))}
          value={role}
          onChange={setRole}
          testId="add-role"
        />
        <Field
          type="password"
          label={tech("tech.staff.pin.first")}
          hint={tech("tech.staff.pin.rule")}
          value={pin}
          onChange={setPin}
          testId="add-pin"
        />
        <FaultNote code={add.fault} />
        <button
          type="submit"
          className="press press-second"
          disabled={!ready}
          {...(ready ? {} : { "data-disabled": "" })}
          data-testid="add-staff"
        >
          {tech("tech.staff.add")}
        </button>
      </form>
    </Card>
  );
}

/** Who may run controls and use a device that asks for training. Nobody certifies themselves. */
function Certify({ people }: { readonly people: readonly Staff[] }) {
  const tech = useTech();
  const { staff } = usePlace();
  const others = people.filter(({ id }) => id !== staff.staff);
  const [who, setWho] = useState<string>();
  const [of, setOf] = useState<MeasurementKind>("glucose");
  const [until, setUntil] = useState("");
  const person = others.find(({ id }) => id === who) ?? others[0];
  const certify = useAct((client, { session, id }) => {
    if (person === undefined) throw new Error("nobody to certify");
    const { id: of_, name, role } = person;
    return client.quality.training.record({
      session,
      id,
      operator: { id: of_, name, role },
      of,
      validUntil: dayIn(until) ?? "",
    });
  });
  const [done, setDone] = useState(false);
  const ready = person !== undefined && dayIn(until) !== undefined;
  if (others.length === 0) return null;
  return (
    <Card title={tech("tech.certify.title")}>
      <form
        className="tech-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void certify.run().then((answer) => setDone(answer !== undefined));
        }}
      >
        <Choices
          label={tech("tech.certify.who")}
          choices={others.map((one) => ({ name: one.id, says: <Data>{one.name}</Data> }))}
          value={person?.id}
          onChange={setWho}
        />
        <Choices
          label={tech("tech.certify.of")}
          choices={measurementKinds.map((kind) => ({ name: kind, says: tech(`tech.of.${kind}`) }))}
          value={of}
          onChange={setOf}
        />
        <DayField label={tech("tech.certificate.until")} value={until} onChange={setUntil} />
        <FaultNote code={certify.fault} />
        {done && <Mark kind="ok">{tech("tech.done")}</Mark>}
        <button
          type="submit"
          className="press press-second"
          disabled={!ready}
          {...(ready ? {} : { "data-disabled": "" })}
        >
          {tech("tech.certify.do")}
        </button>
      </form>
    </Card>
  );
}
