import { useMemo, useState } from "react";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { useSaid } from "../pages/work-kit.ts";
import type { PageProps } from "../pages.ts";
import { usePinyin } from "../pinyin.ts";
import { SearchField } from "../SearchField.tsx";
import { useFeed } from "../use-feed.ts";
import { CodeCard } from "./CodeCard.tsx";
import { PeopleList, StationList } from "./Lists.tsx";
import { peopleLike, stationsLike } from "./find.ts";
import { OrgForm } from "./OrgForm.tsx";
import { OrgTree } from "./OrgTree.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { PersonPane } from "./PersonPane.tsx";
import { StationForm } from "./StationForm.tsx";
import type { Doing, Office, OnceCode, Shown } from "./shape.ts";
import "../pages/work.css";
import "./people.css";

/** County administrator: institutions, who works there, and the stations; an auditor sees the same and changes nothing. */
export function Page({ door, me, open }: PageProps) {
  const text = useText();
  const { value: shown, fault } = useFeed(door, (client, options) => client.directory.watch(undefined, options));
  const [place, setPlace] = useState<string>();
  const [doing, setDoing] = useState<Doing>();
  /** Whatever is begun begins anew, with the focus, also where it stood there already. */
  const [turn, setTurn] = useState(0);
  const [once, setOnce] = useState<OnceCode>();
  const [said, setSaid] = useSaid(text);
  /** What began it: the keys go back there. */
  const [opener, setOpener] = useState<HTMLElement>();
  const [typed, setTyped] = useState("");
  const sounds = usePinyin();
  const found = useMemo(
    () =>
      shown === undefined || typed.trim() === ""
        ? undefined
        : { people: peopleLike(shown, typed, sounds), stations: stationsLike(shown, typed, sounds) },
    [shown, typed, sounds],
  );
  const here = useMemo(() => shown?.accounts.filter(({ practice }) => practice?.org === place) ?? [], [shown, place]);
  if (!shown) return fault === undefined ? <p className="page-wait">{text("work.loading")}</p> : <Fault code={fault} />;
  const begin = (next: Doing) => {
    const { activeElement } = document;
    // Not a part of what is about to be replaced.
    if (activeElement instanceof HTMLElement && !activeElement.closest(".staff-aside")) setOpener(activeElement);
    setSaid(undefined);
    setDoing(next);
    setTurn((before) => before + 1);
  };
  const close = () => {
    setDoing(undefined);
    opener?.focus();
  };
  const office: Office = {
    shown,
    client: door.client.directory,
    writes: allows(me.role, "directory.invite") !== "no",
    say: setSaid,
    show: setOnce,
    close,
  };
  const org = shown.orgs.find(({ id }) => id === place);
  const nameOf = (id: string | undefined) => shown.orgs.find((one) => one.id === id)?.name ?? text("desk.staff.county");
  const look = (next: string | undefined) => {
    setPlace(next);
    setTyped("");
    setDoing(undefined);
    setSaid(undefined);
  };
  const head = found ? text("desk.staff.found") : nameOf(org?.id);
  const saved = (id: string) => {
    setPlace(id);
    setTyped("");
    close();
  };
  const stationsHere = org
    ? shown.stations.filter((one) => one.branch === org.id || one.hospital === org.id)
    : shown.stations;
  const stations = found?.stations ?? stationsHere;
  const noPeople = text(org ? "desk.staff.noPeople" : "desk.staff.noCounty");
  const noStations = text(org ? "desk.staff.noStationsHere" : "desk.staff.noStations");
  const noneFound = text("desk.staff.noneFound");
  return (
    <main className="staff" data-testid="people">
      <OrgTree
        shown={shown}
        place={org?.id}
        choose={look}
        add={office.writes ? () => begin({ kind: "org" }) : undefined}
      />
      <section className="pane staff-people" aria-label={`${head} · ${text("desk.staff.people")}`}>
        <header className="board-head">
          <h2>{head}</h2>
          {found && <span className="count">{found.people.length}</span>}
          {org && !found && <span className="tag">{text(`desk.tier.${org.tier}`)}</span>}
          {org && !found && office.writes && (
            <button
              type="button"
              className="quiet small"
              data-testid="org-change"
              onClick={() => begin({ kind: "org", id: org.id })}
            >
              {text("desk.staff.org.change")}
            </button>
          )}
          <span className="spread" />
          {office.writes && (
            <button type="button" className="main small" data-testid="invite" onClick={() => begin({ kind: "invite" })}>
              {text("desk.staff.invite")}
            </button>
          )}
        </header>
        <SearchField
          className="staff-search"
          words={text("desk.staff.search")}
          value={typed}
          change={setTyped}
          testId="people-search"
        />
        <Fault code={fault} />
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="staff-said">
            {said}
          </p>
        )}
        <PeopleList
          people={found?.people ?? here}
          where={found && (({ practice }) => nameOf(practice?.org))}
          empty={found ? noneFound : noPeople}
          doing={doing}
          open={begin}
        />
      </section>
      <section className="pane staff-stations" aria-label={text("desk.staff.stations")}>
        <header className="board-head">
          <h2>
            {text("desk.staff.stations")} <span className="count">{stations.length}</span>
          </h2>
          <span className="spread" />
          {office.writes && (
            <button
              type="button"
              className="second small"
              data-testid="station-new"
              onClick={() => begin({ kind: "station" })}
            >
              {text("desk.staff.station.new")}
            </button>
          )}
        </header>
        <StationList
          shown={shown}
          stations={stations}
          empty={found ? noneFound : noStations}
          doing={doing}
          open={begin}
        />
      </section>
      <Aside
        key={turn}
        office={office}
        doing={doing}
        place={org?.id}
        me={me.id}
        begin={begin}
        saved={saved}
        lostPhone={(account) => open("reset", { id: account })}
      />
      {once && <CodeCard once={once} noted={() => setOnce(undefined)} />}
    </main>
  );
}

function Aside(props: {
  readonly office: Office;
  readonly doing: Doing | undefined;
  readonly place: string | undefined;
  readonly me: string;
  readonly begin: (doing: Doing) => void;
  /** An institution, which is looked at from now on. */
  readonly saved: (id: string) => void;
  readonly lostPhone: (account: string) => void;
}) {
  const text = useText();
  const { office, doing, place } = props;
  const { shown } = office;
  const of = shownOf(shown, doing);
  const here = shown.orgs.find(({ id }) => id === place);
  if (doing?.kind === "org") {
    const { org } = of;
    return <OrgForm key={doing.id ?? "new"} office={office} org={org} below={here} done={props.saved} />;
  }
  if (doing?.kind === "invite")
    return (
      <section className="pane staff-aside" aria-label={text("desk.staff.invite")}>
        <h2>{text("desk.staff.invite")}</h2>
        <p className="hint">{text("desk.staff.invite.lead")}</p>
        <PersonForm office={office} place={here?.id} done={(id) => props.begin({ kind: "person", id })} />
      </section>
    );
  if (of.person)
    return (
      <PersonPane
        key={of.person.id}
        office={office}
        person={of.person}
        isSelf={of.person.id === props.me}
        lostPhone={props.lostPhone}
      />
    );
  if (doing?.kind === "station")
    return <StationForm key={doing.id ?? "new"} office={office} station={of.station} place={here?.id} />;
  return (
    <section className="pane staff-aside work-none">
      <p>
        {text("desk.staff.choose")} <span className="hint">{text("desk.staff.chooseLead")}</span>
      </p>
    </section>
  );
}

const shownOf = (shown: Shown, doing: Doing | undefined) => ({
  org: doing?.kind === "org" ? shown.orgs.find(({ id }) => id === doing.id) : undefined,
  person: doing?.kind === "person" ? shown.accounts.find(({ id }) => id === doing.id) : undefined,
  station: doing?.kind === "station" ? shown.stations.find(({ id }) => id === doing.id) : undefined,
});
