import { useState } from "react";
import { v7 as newId } from "uuid";
import type { Pair } from "../../../core/contract/hub-person.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { Fault } from "../pages/Fault.tsx";
import { ListRow, TwoLists } from "../pages/TwoLists.tsx";
import { failing, wallDay } from "../pages/work-kit.ts";
import type { PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { Compared } from "./Compared.tsx";
import "../pages/work.css";
import "./same.css";

const keyOf = ({ one, other }: Pair): string => `${one.station} ${one.resident} ${other.station} ${other.resident}`;
type Said = "saidJoin" | "saidApart" | "saidPart";

/** Records that a rule takes for one person's: somebody looks at both and decides; what was joined can be parted here, too. */
export function Page({ door }: PageProps) {
  const text = useText();
  const { value, fault } = useFeed(door, (client, options) => client.person.alike(undefined, options));
  const [chosen, setChosen] = useState<string>();
  const [said, setSaid] = useState<Said>();
  const present = value?.find((pair) => keyOf(pair) === chosen);
  return (
    <main className="work-two" data-testid="same">
      <TwoLists
        title={text("desk.same.title")}
        lead={text("desk.same.lead")}
        empty={text("desk.same.empty")}
        fault={fault}
        said={said && { words: text(`desk.same.${said}`), testId: "same-said" }}
        lists={
          value && [
            {
              id: "proposed",
              name: text("desk.same.proposed"),
              rows: value.filter(({ joined }) => joined === undefined),
            },
            { id: "joined", name: text("desk.same.joined"), rows: value.filter(({ joined }) => joined !== undefined) },
          ]
        }
        keyOf={keyOf}
        row={(pair) => (
          <Row
            pair={pair}
            present={keyOf(pair) === chosen}
            choose={() => {
              setSaid(undefined);
              setChosen(keyOf(pair));
            }}
          />
        )}
      />
      {present ? (
        <Decide key={`${chosen ?? ""} ${present.joined?.id ?? ""}`} door={door} pair={present} done={setSaid} />
      ) : (
        <section className="pane work-none">
          <p className="hint">{text("desk.same.choose")}</p>
        </section>
      )}
    </main>
  );
}

function Row(props: { readonly pair: Pair; readonly present: boolean; readonly choose: () => void }) {
  const text = useText();
  const { pair, present, choose } = props;
  const known = pair.one.inCare ? pair.one : pair.other;
  return (
    <ListRow testId="same-row" present={present} choose={choose} name={known.name} when={known.birthYear}>
      <span className="work-row-line">{pair.why.map((why) => text(`desk.same.why.${why}`)).join(" · ")}</span>
    </ListRow>
  );
}

function Decide(props: { readonly door: HubDoor; readonly pair: Pair; readonly done: (said: Said) => void }) {
  const text = useText();
  const { door, pair } = props;
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  /** One id for all tries: a repeat is the same decision. */
  const [id] = useState(() => newId());
  const act = async (said: Said, work: () => Promise<unknown>) => {
    setBusy(true);
    const why = await failing(work);
    setBusy(false);
    setFault(why);
    if (why === undefined) props.done(said);
  };
  const ref = ({ station, resident }: Pair["one"]) => ({ station, resident });
  const both = { id, one: ref(pair.one), other: ref(pair.other) };
  const { joined } = pair;
  return (
    <section className="pane same-case" aria-label={`${pair.one.name} · ${pair.other.name}`} data-testid="same-case">
      <Compared pair={pair} />
      {joined ? (
        <>
          <p className="hint">{text("desk.same.was", { name: joined.by.name, day: wallDay(Date.parse(joined.at)) })}</p>
          <label className="work-field">
            {text("desk.same.reason")}
            <textarea
              rows={3}
              maxLength={500}
              data-testid="same-reason"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <Fault code={fault} />
          <div className="work-foot">
            <button
              type="button"
              className="second"
              data-testid="same-part"
              disabled={busy || reason.trim().length < 4}
              onClick={() =>
                void act("saidPart", () => door.client.person.part({ id, joining: joined.id, reason: reason.trim() }))
              }
            >
              {text("desk.same.part")}
            </button>
          </div>
        </>
      ) : (
        <>
          <p className="hint">{text("desk.same.ask")}</p>
          <Fault code={fault} />
          <div className="work-foot">
            <button
              type="button"
              className="second"
              data-testid="same-apart"
              disabled={busy}
              onClick={() => void act("saidApart", () => door.client.person.apart(both))}
            >
              {text("desk.same.apart")}
            </button>
            <button
              type="button"
              className="main"
              data-testid="same-join"
              disabled={busy}
              onClick={() => void act("saidJoin", () => door.client.person.join(both))}
            >
              {text("desk.same.join")}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
