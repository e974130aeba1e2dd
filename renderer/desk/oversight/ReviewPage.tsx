import { useState } from "react";
import { breakFindings } from "../../../core/care/breaking.ts";
import type { BreakingView } from "../../../core/contract/hub-record.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText, type Text } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { ListRow, TwoLists } from "../pages/TwoLists.tsx";
import { dueWords, failing, wallDay } from "../pages/work-kit.ts";
import type { PageProps } from "../pages.ts";
import type { HubDoor } from "../hub.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { hour } from "../words.ts";
import "../pages/work.css";
import "./oversight.css";

const moment = (at: string) => `${wallDay(Date.parse(at))} ${hour(at)}`;
const roleWord = (text: Text, { by: { role } }: BreakingView) =>
  text(role === "specialist" ? "desk.role.specialist" : "desk.role.doctor");

/** The auditor's: every record that was opened because of an alarm, the ones nobody reviewed first. */
export function Page({ door }: PageProps) {
  const text = useText();
  const { value, fault } = useFeed(door, (client, options) => client.record.broken(undefined, options));
  const [chosen, setChosen] = useState<string>();
  const [said, setSaid] = useState(false);
  const present = value?.find(({ id }) => id === chosen);
  return (
    <main className="work-two review-page" data-testid="review">
      <TwoLists
        title={text("desk.review.title")}
        lead={text("desk.review.lead")}
        empty={text("desk.review.empty")}
        fault={fault}
        said={said ? { words: text("desk.review.said"), testId: "review-said" } : undefined}
        lists={
          value && [
            { id: "owed", name: text("desk.review.owed"), rows: value.filter(({ review }) => review === undefined) },
            { id: "done", name: text("desk.review.done"), rows: value.filter(({ review }) => review !== undefined) },
          ]
        }
        keyOf={({ id }) => id}
        row={(one) => (
          <Row
            one={one}
            present={one.id === chosen}
            choose={() => {
              setSaid(false);
              setChosen(one.id);
            }}
          />
        )}
      />
      {present ? (
        <Case key={present.id} door={door} one={present} done={() => setSaid(true)} />
      ) : (
        <section className="pane work-none">
          <p className="hint">{text("desk.review.choose")}</p>
        </section>
      )}
    </main>
  );
}

function Row(props: { readonly one: BreakingView; readonly present: boolean; readonly choose: () => void }) {
  const text = useText();
  const now = useNow();
  const { one, present, choose } = props;
  const due = Date.parse(one.due);
  return (
    <ListRow
      testId="review-row"
      late={one.late && !one.review}
      present={present}
      choose={choose}
      name={one.by.name}
      when={moment(one.at)}
    >
      <span className="work-row-line review-reason">{one.reason}</span>
      <span className="work-row-line">
        {one.review ? (
          <span className={one.review.finding === "justified" ? "tag tag-green" : "tag tag-warn"}>
            {text(`desk.review.${one.review.finding}`)}
          </span>
        ) : (
          <span className={one.late ? "tag tag-late" : "tag"}>{dueWords(text, due, now)}</span>
        )}
      </span>
    </ListRow>
  );
}

function Case(props: { readonly door: HubDoor; readonly one: BreakingView; readonly done: () => void }) {
  const text = useText();
  const { door, one } = props;
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const say = async (finding: (typeof breakFindings)[number]) => {
    setBusy(true);
    const why = await failing(() => door.client.record.review({ id: one.id, finding, note }));
    setBusy(false);
    setFault(why);
    if (why === undefined) props.done();
  };
  const rows = [
    ["by", `${one.by.name} · ${roleWord(text, one)}`],
    ["when", moment(one.at)],
    ["until", moment(one.until)],
    ["due", `${moment(one.due)}${one.late ? ` · ${text("desk.review.late")}` : ""}`],
  ] as const;
  return (
    <section className="pane review-case" aria-label={one.by.name} data-testid="review-case">
      <dl className="review-facts">
        {rows.map(([what, words]) => (
          <div key={what}>
            <dt>{text(`desk.review.${what}`)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <h3>{text("desk.review.reason")}</h3>
      <blockquote>{one.reason}</blockquote>
      {one.review ? (
        <>
          <p>
            <span className={one.review.finding === "justified" ? "tag tag-green" : "tag tag-warn"}>
              {text(`desk.review.${one.review.finding}`)}
            </span>{" "}
            {text("desk.review.was", { name: one.review.by.name, day: moment(one.review.at) })}
          </p>
          {one.review.note !== "" && <blockquote>{one.review.note}</blockquote>}
        </>
      ) : (
        <>
          <label className="work-field">
            {text("desk.review.note")}
            <textarea
              ref={focusNow}
              rows={4}
              maxLength={1_000}
              data-testid="review-note"
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </label>
          <Fault code={fault} />
          <div className="work-foot">
            {breakFindings.toReversed().map((finding) => (
              <button
                key={finding}
                type="button"
                className={finding === "justified" ? "main" : "second"}
                data-testid={`review-${finding}`}
                disabled={busy}
                onClick={() => void say(finding)}
              >
                {text(`desk.review.${finding}`)}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
