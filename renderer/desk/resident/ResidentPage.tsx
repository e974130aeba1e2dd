import { useEffect, useMemo, useState, type ComponentType } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { faultOf, type HubDoor } from "../hub.ts";
import type { PageProps } from "../pages.ts";
import { useShown, useShownIf } from "../use-shown.ts";
import { quantityName, unitSign } from "../words.ts";
import { EventRow } from "./EventRow.tsx";
import { timelineOf, type Records } from "./timeline.ts";
import { trendsOf, type Trend } from "./trends.ts";
import "./resident.css";

/** Everything that happened to a resident, in order, and how the numbers went: the one of the call, or one of a list. */
export function Page({ desk, door, about, open }: PageProps) {
  const text = useText();
  const { current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const inCall = call?.record?.resident;
  const resident = about.resident ?? inCall?.id;
  const { records, fault } = useRecords(door, resident);
  const isHere = inCall !== undefined && inCall.id === resident;
  const record = isHere ? call?.record : undefined;
  const opinions = isHere ? call?.opinions : undefined;
  const events = useMemo(() => timelineOf({ record, opinions: opinions ?? [], records }), [record, opinions, records]);
  const trends = useMemo(() => trendsOf(record), [record]);
  if (resident === undefined) return <main className="pane resident-none">{text("desk.resident.choose")}</main>;
  return (
    <main className="resident">
      <section className="pane resident-pane" aria-label={text("desk.resident.timeline")}>
        <header className="resident-head">
          <h2>{isHere ? inCall.name : text("desk.resident.timeline")}</h2>
          {isHere && (
            <>
              <span>{text(inCall.sex === "female" ? "desk.resident.female" : "desk.resident.male")}</span>
              <span>{text("desk.resident.born", { year: inCall.birthYear })}</span>
              {inCall.specimen && <span className="tag">{text("desk.resident.specimen")}</span>}
              <span className="spread" />
              <button type="button" className="second small" onClick={() => open("colleagues")}>
                {text("desk.resident.ask")}
              </button>
            </>
          )}
        </header>
        {fault !== undefined && (
          <p className="opinion-fault" role="alert">
            {fault === "care.noRelation" ? text("desk.resident.noRelation") : text.fault(fault)}
          </p>
        )}
        <ol className="timeline" tabIndex={0} data-testid="timeline">
          {events.map((event) => (
            <EventRow key={`${event.kind}-${event.id}`} event={event} open={open} />
          ))}
          {events.length === 0 && (
            <li className="hint">
              {text(records || fault !== undefined ? "desk.resident.none" : "desk.resident.loading")}
            </li>
          )}
        </ol>
      </section>
      <section className="pane resident-pane" aria-label={text("desk.resident.trends")}>
        <h2>{text("desk.resident.trends")}</h2>
        {trends.length === 0 ? <p className="hint">{text("desk.resident.trends.none")}</p> : <Trends trends={trends} />}
      </section>
    </main>
  );
}

/** Asked again whenever the line comes back. */
function useRecords(door: HubDoor, resident: string | undefined) {
  interface Known {
    readonly of?: string;
    readonly records?: Records;
    readonly fault?: FaultCode;
  }
  const [known, setKnown] = useState<Known>({});
  useEffect(() => {
    let left = false;
    if (resident === undefined) return;
    const ask = () => {
      if (door.state !== "open") return;
      door.client.resident.records({ resident }).then(
        (records) => left || setKnown({ of: resident, records }),
        (error: unknown) =>
          left || setKnown((old) => ({ ...(old.of === resident ? old : {}), of: resident, fault: faultOf(error) })),
      );
    };
    ask();
    const forget = door.onState(ask);
    return () => {
      left = true;
      forget();
    };
  }, [door, resident]);
  const own = known.of === resident ? known : {};
  return { records: own.records, fault: own.fault };
}

/** The chart's own code comes when there is something to draw. */
function Trends({ trends }: { readonly trends: readonly Trend[] }) {
  const text = useText();
  const [chart, setChart] = useState<{ readonly Chart: ComponentType<{ readonly trend: Trend }> }>();
  useEffect(() => {
    let left = false;
    void import("./TrendChart.tsx").then(({ TrendChart }) => {
      if (!left) setChart({ Chart: TrendChart });
    });
    return () => {
      left = true;
    };
  }, []);
  return (
    <div className="trends" tabIndex={0}>
      {trends.map((trend) => (
        <figure key={trend.quantity} className="trend" data-testid="trend">
          <figcaption>
            {quantityName(text, trend.quantity)} <span className="unit">{unitSign(trend.unit)}</span>{" "}
            <strong>{trend.values.at(-1)}</strong>
          </figcaption>
          {chart && <chart.Chart trend={trend} />}
        </figure>
      ))}
    </div>
  );
}
