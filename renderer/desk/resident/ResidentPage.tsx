import { useMemo, useState } from "react";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import { useDrugs } from "../pages/use-drugs.ts";
import type { About, PageProps } from "../pages.ts";
import { AgreementDialog } from "../contract/AgreementDialog.tsx";
import { useAsked } from "../use-asked.ts";
import { useFeed } from "../use-feed.ts";
import { useShown, useShownIf } from "../use-shown.ts";
import { isPlanBegun, PlanPane } from "../plan/PlanPane.tsx";
import { isTellBegun, TellPane } from "../tell/TellPane.tsx";
import { CareList } from "./CareList.tsx";
import { EventRow } from "./EventRow.tsx";
import { timelineOf } from "./timeline.ts";
import { Trends } from "./Trends.tsx";
import { trendsOf } from "./trends.ts";
import "../pages/work.css";
import "./resident.css";

/** Whose page: somebody of the list, the one the page was opened about, or the one of the call. */
export function Page(props: PageProps) {
  const { desk, door, about } = props;
  const { current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const inCall = call?.over === undefined ? call?.record?.resident : undefined;
  const [picked, setPicked] = useState<{ readonly over: string | undefined; readonly id: string }>();
  const list = useAsked(door, "", (client) => client.resident.list());
  const resident = (picked?.over === about.resident ? picked?.id : undefined) ?? about.resident ?? inCall?.id;
  return (
    <main className="resident">
      <CareList
        residents={list.value}
        fault={list.fault}
        inCall={inCall}
        chosen={resident}
        choose={(id) => setPicked({ over: about.resident, id })}
      />
      {resident === undefined ? (
        <Nobody />
      ) : (
        <Whole
          key={`${resident}-${about.id ?? ""}`}
          {...props}
          resident={resident}
          person={list.value?.find(({ id }) => id === resident)}
        />
      )}
    </main>
  );
}

function Nobody() {
  const text = useText();
  return (
    <section className="pane work-none resident-none">
      <Calm icon="heart" title={text("work.calm.resident")} words={text("work.calm.resident.then")} />
    </section>
  );
}

interface Person {
  readonly name: string;
  readonly birthYear: number;
  readonly sex: "female" | "male";
}

/** Everything that happened to a resident, in order, and how the numbers went over all visits. */
function Whole(props: PageProps & { readonly resident: string; readonly person: Person | undefined }) {
  const text = useText();
  const { desk, door, me, open, resident } = props;
  const { current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const drugs = useDrugs(door);
  const [version, setVersion] = useState(0);
  const [planning, setPlanning] = useState(() => props.about.id !== undefined || isPlanBegun(props.drafts, resident));
  const [telling, setTelling] = useState(() => isTellBegun(props.drafts, resident));
  const { value: records, fault } = useAsked(
    door,
    resident,
    (client, id) => client.resident.records({ resident: id }),
    version,
  );
  const { value: history } = useAsked(door, resident, (client, id) => client.resident.history({ resident: id }));
  const isHere = call?.record?.resident?.id === resident;
  const record = isHere ? call.record : undefined;
  const opinions = isHere ? call.opinions : undefined;
  const events = useMemo(
    () => timelineOf({ record, opinions: opinions ?? [], records, history }),
    [record, opinions, records, history],
  );
  const trends = useMemo(() => trendsOf([...(record ? [record] : []), ...(history?.visits ?? [])]), [record, history]);
  const person = record?.resident ?? props.person;
  const about: About = { resident, ...(isHere && call.over === undefined ? { call: call.call } : {}) };
  if (planning && records !== undefined && history !== undefined)
    return (
      <PlanPane
        door={door}
        me={me}
        drafts={props.drafts}
        resident={resident}
        person={person}
        records={records}
        history={history}
        changed={() => setVersion((before) => before + 1)}
        close={() => setPlanning(false)}
      />
    );
  if (telling && records !== undefined && history !== undefined)
    return (
      <TellPane
        door={door}
        drafts={props.drafts}
        resident={resident}
        name={person?.name}
        messages={records.messages}
        history={history}
        toTasks={() => open("tasks")}
        changed={() => setVersion((before) => before + 1)}
        close={() => setTelling(false)}
      />
    );
  return (
    <>
      <section className="pane resident-pane" aria-label={text("desk.resident.timeline")}>
        <header className="resident-head">
          <h2>{person?.name ?? text("desk.resident.timeline")}</h2>
          {person && (
            <>
              <span>{text(person.sex === "female" ? "desk.resident.female" : "desk.resident.male")}</span>
              <span>{text("desk.resident.born", { year: person.birthYear })}</span>
            </>
          )}
          {record?.resident?.specimen === true && <span className="tag">{text("desk.resident.specimen")}</span>}
          <span className="spread" />
          {allows(me.role, "contract.mine") !== "no" && (
            <OwnContract door={door} resident={resident} name={person?.name ?? ""} />
          )}
          {allows(me.role, "plan.draft") !== "no" && (
            <button
              type="button"
              className="second small"
              data-testid="resident-plan"
              onClick={() => setPlanning(true)}
            >
              {text("desk.plan.open")}
            </button>
          )}
          {allows(me.role, "resident.tell") !== "no" && (
            <button type="button" className="second small" data-testid="resident-tell" onClick={() => setTelling(true)}>
              {text("desk.tell.open")}
            </button>
          )}
          {allows(me.role, "prescription.write") !== "no" && (
            <button
              type="button"
              className="second small"
              data-testid="resident-prescribe"
              onClick={() => open("prescriptions", about)}
            >
              {text("desk.care.prescribe")}
            </button>
          )}
          {allows(me.role, "referral.draft") !== "no" && (
            <button
              type="button"
              className="second small"
              data-testid="resident-refer"
              onClick={() => open("referrals", about)}
            >
              {text("desk.care.refer")}
            </button>
          )}
          <button type="button" className="second small" data-testid="resident-ask" onClick={() => open("colleagues")}>
            {text("desk.resident.ask")}
          </button>
        </header>
        {fault !== undefined && (
          <p className="opinion-fault" role="alert">
            {fault === "care.noRelation" ? text("desk.resident.noRelation") : text.fault(fault)}
          </p>
        )}
        <ol className="timeline" tabIndex={0} data-testid="timeline">
          {events.map((event) => (
            <EventRow
              key={`${event.kind}-${event.id}`}
              event={event}
              resident={resident}
              drugs={drugs}
              me={me}
              open={open}
            />
          ))}
          {events.length === 0 && (
            <li className="hint">
              {text(records || fault !== undefined ? "desk.resident.none" : "desk.resident.loading")}
            </li>
          )}
        </ol>
      </section>
      <section className="pane resident-pane" aria-label={text("desk.resident.trends")}>
        <h2 className="trend-title">
          {text("desk.resident.trends")}
          {history && history.visits.length > 0 && (
            <span className="hint"> {text("desk.trend.since", { n: history.visits.length })}</span>
          )}
        </h2>
        {trends.length === 0 ? (
          <p className="calm">{text("desk.resident.trends.empty")}</p>
        ) : (
          <Trends trends={trends} />
        )}
      </section>
    </>
  );
}

/** Where this very doctor has a contract with the resident: the document. */
function OwnContract(props: { readonly door: PageProps["door"]; readonly resident: string; readonly name: string }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { value: mine } = useFeed(props.door, (client, options) => client.contract.mine(undefined, options));
  const contract = mine?.find(({ resident }) => resident === props.resident);
  if (contract === undefined) return null;
  return (
    <>
      <button type="button" className="second small" data-testid="resident-contract" onClick={() => setOpen(true)}>
        {text("work.contract.open")}
      </button>
      {isOpen && <AgreementDialog contract={contract} name={props.name} close={() => setOpen(false)} />}
    </>
  );
}
