import { useLayoutEffect, useRef, useState } from "react";
import { useText } from "../../parts/language.tsx";
import type { PageProps } from "../pages.ts";
import { BeginLetter } from "./BeginLetter.tsx";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { Fault } from "./Fault.tsx";
import { columnKeys, placed, type Placed } from "./referral-board.ts";
import { ReferralCounts } from "./ReferralCounts.tsx";
import { ReferralMarks } from "./ReferralMarks.tsx";
import { ReferralPane } from "./ReferralPane.tsx";
import { dueWords, rowKeys, span, useNames, useSaid, type Called } from "./work-kit.ts";
import "./work.css";
import "./referral.css";

/** Every open referral from or to one's institution, by where it stands; in each column the most overdue first. */
export function Page(props: PageProps) {
  const { door, me, about } = props;
  const text = useText();
  const { value: referrals, fault } = useFeed(door, (client, options) => client.referral.watch(undefined, options));
  const [chosen, setChosen] = useState(about.id);
  const [said, setSaid] = useSaid(text);
  /** Left without sending: the board stands again until another letter is begun. */
  const [left, setLeft] = useState<PageProps["about"]>();
  const writing = left === about ? undefined : about.resident;
  const all = referrals ?? [];
  const names = useNames(
    door,
    [...all.map(({ resident }) => resident), ...(writing === undefined ? [] : [writing])],
    all.flatMap(({ from, to }) => [from.org, to.org]),
    text,
  );
  const present = all.find(({ id }) => id === chosen);
  const done = (words: string) => {
    setSaid(words);
    setChosen(undefined);
    setLeft(about);
  };
  if (writing !== undefined && me.practice)
    return (
      <main className="board-page letter-page" data-testid="referrals">
        <BeginLetter
          {...props}
          key={`${writing}-${about.danger ?? ""}`}
          resident={writing}
          practice={me.practice}
          name={names.resident(writing)}
          done={done}
          cancel={() => setLeft(about)}
        />
      </main>
    );
  return (
    <main className="board-page" data-testid="referrals">
      <header className="board-head">
        <h2>
          {text("work.referral.title")} <span className="count">{all.length}</span>
        </h2>
        <Fault code={fault} />
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="referral-said">
            {said}
          </p>
        )}
        <span className="spread" />
        {all.length === 0 && <span className="hint">{text("work.refer.who")}</span>}
        <ReferralCounts door={door} role={me.role} />
      </header>
      <div className={`board ${present ? "board-narrow" : ""}`} onKeyDown={rowKeys}>
        {columnKeys.map((column) => {
          const rows = placed(all, column);
          return (
            <section key={column} className="pane column" aria-label={text(`work.referral.column.${column}`)}>
              <h3>
                {text(`work.referral.column.${column}`)} <span className="count">{rows.length}</span>
              </h3>
              {rows.length === 0 && <p className="hint column-empty">{text(`work.refer.columnEmpty.${column}`)}</p>}
              <ol>
                {rows.map((row) => (
                  <Card
                    key={row.referral.id}
                    row={row}
                    names={names}
                    present={row.referral.id === chosen}
                    choose={() => {
                      setSaid(undefined);
                      setChosen(row.referral.id);
                    }}
                  />
                ))}
              </ol>
            </section>
          );
        })}
      </div>
      {present && (
        <ReferralPane
          key={`${present.id}-${present.state}`}
          door={door}
          me={me}
          referral={present}
          names={names}
          done={done}
          close={() => setChosen(undefined)}
        />
      )}
    </main>
  );
}

function Card(props: {
  readonly row: Placed;
  readonly names: Called;
  readonly present: boolean;
  readonly choose: () => void;
}) {
  const text = useText();
  const now = useNow();
  const { names } = props;
  const { referral, step } = props.row;
  const late = step !== undefined && step.due < now;
  const name = names.resident(referral.resident);
  const card = useRef<HTMLButtonElement>(null);
  // Whole in sight, whatever its words have become.
  useLayoutEffect(() => {
    if (props.present) card.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [props.present, text, name]);
  return (
    <li>
      <button
        ref={card}
        type="button"
        data-row
        data-testid="referral-card"
        className={`work-row ${late ? "work-row-late" : ""}`}
        aria-current={props.present}
        onClick={props.choose}
      >
        <span className="work-row-top">
          <strong>{name}</strong>
          <span className="work-age">{span(text, now - referral.since)}</span>
        </span>
        <span className="work-row-line">
          <ReferralMarks referral={referral} />
        </span>
        <span className="work-row-line hint">
          {names.org(referral.from.org)} → {names.org(referral.to.org)}
        </span>
        {step && (
          <span className="work-row-line">
            {text(`loop.step.${step.kind}`)}
            <span className="hint">{names.org(step.owner.org)}</span>
          </span>
        )}
        {step && <span className={late ? "tag tag-late" : "tag"}>{dueWords(text, step.due, now)}</span>}
      </button>
    </li>
  );
}
