import { useMemo } from "react";
import { useText, type Text } from "../../parts/language.tsx";
import { rowKeys, wallDay } from "../pages/work-kit.ts";
import { useNow } from "../use-shown.ts";
import { hour } from "../words.ts";
import { byState } from "./find.ts";
import { roleWord, type Doing, type Person, type Shown, type StationRow } from "./shape.ts";

/** More are not read through: a few letters find whoever is meant. */
const mostRows = 100;

function More({ rows }: { readonly rows: number }) {
  const text = useText();
  if (rows <= mostRows) return null;
  return <li className="hint staff-more">{text("desk.staff.more", { n: rows - mostRows })}</li>;
}

export function StateTag({ person }: { readonly person: Person }) {
  const text = useText();
  const now = useNow();
  const { state, invitedUntil } = person;
  if (state !== "invited") {
    return <span className={state === "active" ? "tag tag-green" : "tag"}>{text(`desk.staff.${state}`)}</span>;
  }
  const isOver = invitedUntil === undefined || Date.parse(invitedUntil) <= now;
  return isOver ? (
    <span className="tag tag-warn">{text("desk.staff.invitedOver")}</span>
  ) : (
    <span className="tag tag-fact">{text("desk.staff.invited", untilWords(invitedUntil))}</span>
  );
}

/** Day and hour on the reader's wall. */
export const untilWords = (until: string) => ({ day: wallDay(Date.parse(until)).slice(5), time: hour(until) });

export function PeopleList(props: {
  readonly people: readonly Person[];
  /** Where somebody works, in a list of more than one place. */
  readonly where?: ((person: Person) => string) | undefined;
  readonly empty: string;
  readonly doing: Doing | undefined;
  readonly open: (doing: Doing) => void;
}) {
  const text = useText();
  const { doing, where, people: all } = props;
  const people = useMemo(() => all.toSorted(byState), [all]);
  if (people.length === 0)
    return (
      <p className="calm" data-testid="people-none">
        {props.empty}
      </p>
    );
  return (
    <ul className="staff-rows" onKeyDown={rowKeys} data-testid="people-list">
      {people.slice(0, mostRows).map((person) => (
        <li key={person.id}>
          <button
            type="button"
            data-row
            data-testid="person-row"
            data-account={person.account}
            data-state={person.state}
            className={`staff-row staff-person ${person.state === "retired" ? "staff-row-left" : ""}`}
            aria-current={doing?.kind === "person" && doing.id === person.id}
            onClick={() => props.open({ kind: "person", id: person.id })}
          >
            <span>
              <strong>{person.name}</strong>
              <span className="hint staff-under">{person.account}</span>
            </span>
            <span>
              {workWords(text, person)}
              {where && <span className="hint staff-under">{where(person)}</span>}
              {person.practice !== undefined && (
                <span className="hint staff-under">
                  {text("desk.staff.licence.number", { n: person.practice.licence })}
                </span>
              )}
            </span>
            <span className="staff-marks">
              <StateTag person={person} />
              {person.state !== "retired" && (
                <span className="hint">{text(person.factor ? "desk.staff.factor.yes" : "desk.staff.factor.no")}</span>
              )}
            </span>
          </button>
        </li>
      ))}
      <More rows={people.length} />
    </ul>
  );
}

export function workWords(text: Text, { role, practice }: Person): string {
  const word = roleWord(text, role);
  return practice?.specialty === undefined ? word : `${word} · ${practice.specialty}`;
}

/** Where each station stands and which hospital it is paired with. */
export function StationList(props: {
  readonly shown: Shown;
  readonly stations: readonly StationRow[];
  readonly empty: string;
  readonly doing: Doing | undefined;
  readonly open: (doing: Doing) => void;
}) {
  const text = useText();
  const { doing, shown, stations } = props;
  const orgWord = (id: string | undefined) =>
    shown.orgs.find((org) => org.id === id)?.name ?? text("desk.staff.station.none");
  if (stations.length === 0)
    return (
      <p className="calm" data-testid="people-none">
        {props.empty}
      </p>
    );
  return (
    <ul className="staff-rows" onKeyDown={rowKeys} data-testid="station-list">
      {stations.slice(0, mostRows).map((station) => (
        <li key={station.id}>
          <button
            type="button"
            data-row
            data-testid="station-row"
            className="staff-row staff-station"
            aria-current={doing?.kind === "station" && doing.id === station.id}
            onClick={() => props.open({ kind: "station", id: station.id })}
          >
            <span>
              <strong>{station.name}</strong>
              <span className="hint staff-under">{station.place}</span>
            </span>
            <span>
              {text("desk.staff.station.at", { name: orgWord(station.branch) })}
              <span className="hint staff-under">
                {text("desk.staff.station.paired", { name: orgWord(station.hospital) })}
              </span>
            </span>
          </button>
        </li>
      ))}
      <More rows={stations.length} />
    </ul>
  );
}
