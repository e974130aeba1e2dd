import { useState } from "react";
import { lostReasons, type FollowUp } from "../../../core/care/follow-up.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import type { HubClient, HubDoor } from "../hub.ts";
import { hour } from "../words.ts";
import { Fault } from "./Fault.tsx";
import { FollowUpForm, keptFollowUp } from "./FollowUpForm.tsx";
import { useSigning } from "./use-signing.tsx";
import { WhyForm } from "./WhyForm.tsx";
import { wallDay } from "./work-kit.ts";

type Wish = Parameters<HubClient["followUp"]["move"]>[0]["input"];
const ways = ["phone", "message", "home"] as const;

/** One follow-up: how often somebody tried, and the next thing: another try, the form, or the reason why nobody was reached. */
export function FollowUpPane(props: {
  readonly door: HubDoor;
  readonly row: FollowUp;
  readonly drafts: DraftStore;
  readonly name: string;
  readonly done: (words: string) => void;
}) {
  const text = useText();
  const { door, row } = props;
  const [open, setOpen] = useState<"form" | "lose" | "setAside" | undefined>(() =>
    // What was begun before a reload goes on.
    props.drafts.getItem(keptFollowUp(row.id)) === null ? undefined : "form",
  );
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);

  const run = async (work: () => Promise<unknown>, words: string) => {
    if (busy) return;
    setBusy(true);
    setFault(undefined);
    const why = await signing.run(work);
    setBusy(false);
    setFault(why);
    if (why !== undefined) return;
    setOpen(undefined);
    props.done(words);
  };
  const move = (input: Wish, words: string) => void run(() => door.client.followUp.move({ id: row.id, input }), words);

  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="follow-pane">
      <header className="who">
        <h2>{props.name}</h2>
        {row.programmes.map((one) => (
          <span key={one} className="tag tag-fact">
            {text(`work.programme.${one}`)}
          </span>
        ))}
        <span className="tag">{text(`work.follow.state.${row.state}`)}</span>
      </header>
      {row.readings.length > 0 && (
        <p className="work-done">{text("work.follow.readings", { n: row.readings.length })}</p>
      )}
      <h3>{text("work.follow.tried")}</h3>
      {row.tries.length === 0 && <p className="hint">{text("work.follow.notTried")}</p>}
      <ol className="referral-history">
        {row.tries.map(({ at, how, answered }) => (
          <li key={at}>
            <time>
              {wallDay(at)} {hour(new Date(at).toISOString())}
            </time>{" "}
            {text(`work.follow.how.${ways.find((one) => one === how) ?? "message"}`)}:{" "}
            {answered ? text("work.follow.answered") : text("work.follow.noAnswer")}
          </li>
        ))}
      </ol>
      <div className="follow-tries">
        {ways.map((how) => (
          <span key={how} className="follow-try" role="group" aria-label={text(`work.follow.how.${how}`)}>
            <span>{text(`work.follow.how.${how}`)}</span>
            {[true, false].map((answered) => (
              <button
                key={String(answered)}
                type="button"
                className="second small"
                data-testid={`try-${how}-${answered ? "yes" : "no"}`}
                disabled={busy}
                onClick={() => move({ kind: "try", how, answered }, text("work.follow.did.try"))}
              >
                {answered ? text("work.follow.answered") : text("work.follow.noAnswer")}
              </button>
            ))}
          </span>
        ))}
      </div>
      <Fault code={fault} />
      {open === "form" && (
        <FollowUpForm
          row={row}
          drafts={props.drafts}
          busy={busy}
          send={(form) =>
            void run(async () => {
              await door.client.followUp.complete({ id: row.id, form });
              props.drafts.removeItem(keptFollowUp(row.id));
            }, text("work.follow.did.complete"))
          }
        />
      )}
      {open === "lose" && (
        <WhyForm
          testId="lost"
          busy={busy}
          choice={{
            label: text("work.field.reason"),
            options: lostReasons.map((one) => [one, text(`work.lost.${one}`)] as const),
          }}
          send={(reason, detail) => {
            if (reason) move({ kind: "lose", reason, detail }, text("work.follow.did.lose"));
          }}
        />
      )}
      {open === "setAside" && (
        <WhyForm
          testId="aside"
          busy={busy}
          send={(_value, detail) => {
            move({ kind: "setAside", detail }, text("work.follow.did.setAside"));
          }}
        />
      )}
      <div className="work-foot">
        {row.state === "homeVisit" && (
          <button type="button" className="second" data-testid="follow-lose" onClick={() => setOpen("lose")}>
            {text("work.follow.lose")}
          </button>
        )}
        {row.state === "toReview" && (
          <button type="button" className="second" data-testid="follow-aside" onClick={() => setOpen("setAside")}>
            {text("work.follow.setAside")}
          </button>
        )}
        {open !== "form" && (
          <button type="button" className="main" data-testid="follow-form" onClick={() => setOpen("form")}>
            {text("work.follow.complete")}
          </button>
        )}
      </div>
      {signing.dialog}
    </section>
  );
}
