import { useState } from "react";
import type { FollowUp } from "../../../core/care/follow-up.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { Fault } from "./Fault.tsx";
import { FollowUpPane } from "./FollowUpPane.tsx";
import { dueWords, rowKeys, useNames, wallDay, useSaid, type Called } from "./work-kit.ts";
import "./work.css";
import "./follow-up.css";

/** The end of the day it is planned for, on the reader's wall. */
const dueOf = ({ day }: FollowUp): number => new Date(`${day}T23:59:59`).getTime();

/** Who is to be seen again: what is overdue first, then by day; beside it what one does about the chosen one. */
export function Page({ door, drafts, about }: PageProps) {
  const text = useText();
  const now = useNow();
  const { value: rows, fault } = useFeed(door, (client, options) => client.followUp.watch(undefined, options));
  const [chosen, setChosen] = useState(about.id);
  const [said, setSaid] = useSaid(text);
  const all = rows ?? [];
  const names = useNames(
    door,
    all.map(({ resident }) => resident),
    all.flatMap(({ doctor, village }) => [doctor.org, village.org]),
    text,
  );
  const present = all.find(({ id }) => id === chosen) ?? all[0];
  const today = wallDay(now);
  const late = all.filter(({ day }) => day < today).length;
  return (
    <main className="follow-page" data-testid="follow-ups">
      <section className="pane follow-list" aria-label={text("work.follow.title")}>
        <header className="board-head">
          <h2>
            {text("work.follow.title")} <span className="count">{all.length}</span>
          </h2>
          {late > 0 && <span className="tag tag-late">{text("work.follow.lateCount", { n: late })}</span>}
          <Fault code={fault} />
          {said !== undefined && (
            <p className="work-done" role="status" data-testid="follow-said">
              {said}
            </p>
          )}
        </header>
        {rows?.length === 0 && <p className="hint">{text("work.follow.empty")}</p>}
        <ol onKeyDown={rowKeys}>
          {all.map((row) => (
            <Row
              key={row.id}
              row={row}
              now={now}
              names={names}
              present={row.id === present?.id}
              choose={() => {
                setSaid(undefined);
                setChosen(row.id);
              }}
            />
          ))}
        </ol>
      </section>
      {present ? (
        <FollowUpPane
          key={present.id}
          door={door}
          row={present}
          drafts={drafts}
          name={names.resident(present.resident)}
          done={(words) => setSaid(words)}
        />
      ) : (
        <section className="pane work-none">
          {rows ? (
            <Calm icon="again" title={text("work.calm.followUps")} words={text("work.calm.followUps.then")} />
          ) : (
            <p className="hint">{text("work.loading")}</p>
          )}
        </section>
      )}
    </main>
  );
}

function Row(props: {
  readonly row: FollowUp;
  readonly now: number;
  readonly names: Called;
  readonly present: boolean;
  readonly choose: () => void;
}) {
  const text = useText();
  const { row, names } = props;
  const due = dueOf(row);
  return (
    <li>
      <button
        type="button"
        data-row
        data-testid="follow-row"
        className={`follow-row ${due < props.now ? "work-row-late" : ""}`}
        aria-current={props.present}
        onClick={props.choose}
      >
        <strong>{names.resident(row.resident)}</strong>
        <span>{row.programmes.map((one) => text(`work.programme.${one}`)).join(" · ")}</span>
        <span>
          {row.day} <span className={due < props.now ? "tag tag-late" : "tag"}>{dueWords(text, due, props.now)}</span>
        </span>
        <span>
          <span className={row.state === "planned" ? "tag" : "tag tag-warn"}>
            {text(`work.follow.state.${row.state}`)}
          </span>
          {row.tries.length > 0 && <span className="hint"> {text("work.follow.tries", { n: row.tries.length })}</span>}
        </span>
        <span className="hint">{names.org(row.state === "homeVisit" ? row.village.org : row.doctor.org)}</span>
      </button>
    </li>
  );
}
