import { useState } from "react";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { Field, useSending } from "./Field.tsx";
import { higherThan } from "./org-tree.ts";
import { OrgSelect } from "./OrgSelect.tsx";
import type { Office, StationRow } from "./shape.ts";

/** To whom a station belongs; for a new one, the code with which it comes. */
export function StationForm(props: {
  readonly office: Office;
  /** Absent: a code for a new one. */
  readonly station?: StationRow | undefined;
  /** Institution that is looked at. */
  readonly place: string | undefined;
}) {
  const text = useText();
  const { office, station } = props;
  const { orgs } = office.shown;
  const [branch, setBranch] = useState(station ? station.branch : props.place);
  const [hospital, setHospital] = useState(
    station ? station.hospital : orgs.find(({ id }) => id === props.place)?.above,
  );
  const { busy, fault, send } = useSending();
  const stands = orgs.find(({ id }) => id === branch);
  const higher = stands ? higherThan(orgs, stands.tier) : orgs;
  const paired = higher.some(({ id }) => id === hospital) ? hospital : undefined;
  const isPairing = fault === "org.tier" || fault === "org.unknown";
  const title = station?.name ?? text("desk.staff.station.new");
  const save = async () => {
    const pairing = {
      ...(branch === undefined ? {} : { branch }),
      ...(paired === undefined ? {} : { hospital: paired }),
    };
    if (station) {
      if (!(await send(() => office.client.pairStation({ station: station.id, ...pairing })))) return;
      office.say(text("desk.staff.station.saved", { name: station.name }));
    } else {
      const made = await send(() => office.client.stationCode(pairing));
      if (!made) return;
      office.show(made);
    }
    office.close();
  };
  return (
    <section className="pane staff-aside" aria-label={title} data-testid="station-form" tabIndex={-1} ref={focusNow}>
      <h2>{title}</h2>
      <p className="hint">{station ? station.place : text("desk.staff.station.newLead")}</p>
      <form
        className="staff-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <fieldset className="staff-form" disabled={!office.writes}>
          <Field label={text("desk.staff.station.branch")}>
            {(told) => (
              <OrgSelect
                told={told}
                testId="station-branch"
                orgs={orgs}
                none={text("desk.staff.station.none")}
                value={branch}
                change={(id) => {
                  setBranch(id);
                  setHospital(orgs.find((org) => org.id === id)?.above);
                }}
              />
            )}
          </Field>
          <Field
            label={text("desk.staff.station.hospital")}
            hint={text("desk.staff.station.hospitalHint")}
            wrong={isPairing ? text.fault(fault) : undefined}
          >
            {(told) => (
              <OrgSelect
                told={told}
                testId="station-hospital"
                orgs={higher}
                none={text("desk.staff.station.none")}
                value={paired}
                change={setHospital}
              />
            )}
          </Field>
        </fieldset>
        <Fault code={isPairing ? undefined : fault} />
        <div className="work-foot">
          <button type="button" className="quiet" data-testid="staff-not" onClick={office.close}>
            {text(office.writes ? "desk.staff.not" : "desk.staff.close")}
          </button>
          <span className="spread" />
          {office.writes && (
            <button type="submit" className="main" data-testid="station-save" disabled={busy}>
              {text(station ? "desk.staff.save" : "desk.staff.station.do")}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
