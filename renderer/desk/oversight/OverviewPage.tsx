import { useState } from "react";
import type { Overview } from "../../../core/contract/hub-overview.ts";
import { directions, referralStates } from "../../../core/care/referral-parts.ts";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import { ColleagueRow } from "../colleagues/ColleagueRow.tsx";
import { Fault } from "../pages/Fault.tsx";
import { MonthPicker } from "../pages/MonthPicker.tsx";
import { useCounts, type Counts } from "../pages/use-counts.ts";
import { dueWords, rowKeys, wallDay } from "../pages/work-kit.ts";
import type { PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import "../pages/work.css";
import "./oversight.css";

/** How the work of all institutions stands: referrals by direction and state, what is owed longest, who is on duty. */
export function Page({ door, me }: PageProps) {
  const text = useText();
  const { value, fault } = useFeed(door, (client, options) => client.overview.watch(undefined, options));
  const [thisMonth] = useState(() => wallDay(Date.now()).slice(0, 7));
  const [month, setMonth] = useState(thisMonth);
  const counts = useCounts(door, month, allows(me.role, "referral.counts") !== "no");
  return (
    <main className="overview" data-testid="overview">
      <section className="pane overview-referrals" aria-label={text("desk.overview.referrals")}>
        <header className="board-head">
          <h2>{text("desk.overview.referrals")}</h2>
          <span className="hint">{text("desk.overview.hint")}</span>
          <span className="spread" />
          <MonthPicker value={month} last={thisMonth} choose={setMonth} />
        </header>
        {value && (
          <p className="overview-contracts" data-testid="overview-contracts">
            <strong>{text("desk.overview.contracts")}</strong> {text("desk.overview.contracted", value.contracts)} ·{" "}
            {text("desk.overview.asking", { n: value.contracts.asked })}
          </p>
        )}
        {counts ? <Numbers counts={counts} /> : <p className="hint">{text("work.loading")}</p>}
      </section>
      <section className="pane overview-tasks" aria-label={text("desk.overview.tasks")}>
        <header className="board-head">
          <h2>{text("desk.overview.tasks")}</h2>
          {value && <span className="tag">{text("desk.overview.open", { n: value.tasks.open })}</span>}
          {value && value.tasks.late > 0 && (
            <span className="tag tag-late">{text("desk.overview.late", { n: value.tasks.late })}</span>
          )}
          <Fault code={fault} />
        </header>
        <Oldest overview={value} />
      </section>
      <Duty overview={value} />
    </main>
  );
}

function Numbers({ counts }: { readonly counts: Counts }) {
  const text = useText();
  return (
    <div className="overview-numbers">
      {directions.map((direction) => {
        const { sent, arrived, closed, checkedInTime, toCheck } = counts[direction];
        const tiles = [
          ["sent", String(sent)],
          ["arrived", String(arrived)],
          ["closed", String(closed)],
          ["checked", `${String(checkedInTime)}/${String(toCheck)}`],
        ] as const;
        return (
          <div key={direction} className="overview-direction" data-testid={`overview-${direction}`}>
            <h3>{text(`work.referral.${direction}`)}</h3>
            <dl className="overview-tiles" aria-label={text("desk.overview.month")}>
              {tiles.map(([what, value]) => (
                <div key={what}>
                  <dd>{value}</dd>
                  <dt>{text(`desk.overview.${what}`)}</dt>
                </div>
              ))}
            </dl>
            <p className="overview-standing">
              <span className="hint">{text("desk.overview.now")}</span>
              {referralStates
                .filter((state) => state !== "followedUp" && state !== "withdrawn")
                .map((state) => {
                  const count = counts.standing[direction][state];
                  return (
                    <span key={state} className={count === 0 ? "standing standing-none" : "standing"}>
                      {text(`work.referral.state.${state}`)} <strong>{count}</strong>
                    </span>
                  );
                })}
            </p>
          </div>
        );
      })}
    </div>
  );
}

function Oldest({ overview }: { readonly overview: Overview | undefined }) {
  const text = useText();
  const now = useNow();
  if (!overview) return <p className="hint">{text("work.loading")}</p>;
  if (overview.tasks.oldest.length === 0) return <p className="calm">{text("desk.overview.noTasks")}</p>;
  return (
    <ol className="overview-list" onKeyDown={rowKeys} tabIndex={0} data-testid="overview-tasks">
      {overview.tasks.oldest.map(({ kind, org, orgName, tier, madeAt, due, missed }, nth) => (
        <li key={`${kind}-${org}-${String(madeAt)}-${String(nth)}`} className={due < now ? "owed owed-late" : "owed"}>
          <strong>{text(`loop.step.${kind}`)}</strong>
          <span>
            {orgName} <span className="hint">{text(`desk.tier.${tier}`)}</span>
          </span>
          <span>{missed > 0 && <span className="tag tag-warn">{text("work.tasks.climbed", { n: missed })}</span>}</span>
          <span className={due < now ? "tag tag-late" : "tag"}>{dueWords(text, due, now)}</span>
        </li>
      ))}
    </ol>
  );
}

function Duty({ overview }: { readonly overview: Overview | undefined }) {
  const text = useText();
  const all = overview?.duty ?? [];
  const here = all.filter((one) => one.here);
  return (
    <section className="pane overview-duty" aria-label={text("desk.overview.duty")}>
      <header className="board-head">
        <h2>
          {text("desk.overview.duty")}{" "}
          <span className="count">
            {here.length}/{all.length}
          </span>
        </h2>
      </header>
      {overview && all.length === 0 && <p className="calm">{text("desk.overview.noDuty")}</p>}
      <ul className="colleague-list" tabIndex={0} data-testid="overview-duty">
        {[...here, ...all.filter((one) => !one.here)].map((one) => (
          <ColleagueRow key={one.id} colleague={one} />
        ))}
      </ul>
    </section>
  );
}
