import { useState } from "react";
import type { History } from "../../../core/contract/hub-history.ts";
import { toldState, toldWord } from "../../../core/care/telling-by-hand.ts";
import { typeset, useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import type { HubDoor } from "../hub.ts";
import { wallDay } from "../pages/work-kit.ts";
import type { Records } from "../resident/timeline.ts";
import { useNow } from "../use-shown.ts";
import { hour } from "../words.ts";
import { TellForm } from "./TellForm.tsx";
import "../opinion/opinion.css";
import "./tell.css";

/** What the resident is told at the next visit, and what became of everything that was left for them. */
export function TellPane(props: {
  readonly door: HubDoor;
  readonly drafts: DraftStore;
  readonly resident: string;
  readonly name: string | undefined;
  readonly messages: Records["messages"];
  readonly history: Pick<History, "visits">;
  readonly toTasks: () => void;
  /** Something was left: the page asks anew. */
  readonly changed: () => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { door, drafts, resident, messages, history } = props;
  const [sent, setSent] = useState(0);
  return (
    <section className="pane tell" aria-label={text("desk.tell.title")} data-testid="tell">
      <header className="resident-head">
        <h2>{text("desk.tell.title")}</h2>
        {props.name !== undefined && <span>{props.name}</span>}
        {sent > 0 && (
          <p className="work-done" role="status" data-testid="tell-said">
            {text("desk.tell.sent")}
          </p>
        )}
        <span className="spread" />
        <button type="button" className="quiet small" data-testid="tell-close" onClick={props.close}>
          {text("desk.tell.close")}
        </button>
      </header>
      <div className="tell-columns">
        <TellForm
          key={sent}
          door={door}
          drafts={drafts}
          keptAs={keptTell(resident)}
          resident={resident}
          station={stationOf(resident, history, messages)}
          sent={() => {
            setSent(sent + 1);
            props.changed();
          }}
        />
        <Left messages={messages} toTasks={props.toTasks} />
      </div>
    </section>
  );
}

/** Where this very record is kept: of the newest visit, else of what was left before. */
const stationOf = (resident: string, { visits }: Pick<History, "visits">, messages: Records["messages"]) =>
  visits.find(({ record = resident }) => record === resident)?.station ?? messages[0]?.message.station;

const keptTell = (resident: string): string => `tell:${resident}`;
/** Whether somebody was in the middle of it before the page was loaded anew. */
export const isTellBegun = (drafts: DraftStore, resident: string): boolean =>
  drafts.getItem(keptTell(resident)) !== null;

/** Everything that was left, the newest first: the hub's own words, too. */
function Left({ messages, toTasks }: { readonly messages: Records["messages"]; readonly toTasks: () => void }) {
  const text = useText();
  const now = useNow();
  const newest = messages.toSorted((one, other) => Date.parse(other.message.at) - Date.parse(one.message.at));
  return (
    <aside className="tell-left" aria-label={text("desk.tell.before")}>
      <h3>{text("desk.tell.before")}</h3>
      {newest.length === 0 && <p className="calm">{text("desk.tell.none")}</p>}
      <ol tabIndex={0} aria-label={text("desk.tell.before")}>
        {newest.map(({ message, told }) => {
          const state = toldState({ message, told }, now);
          return (
            <li key={message.id} data-testid="tell-row" data-state={state}>
              <p>
                {message.sentences
                  .map(({ key, params }) => typeset(text.language, toldWord(text.language, key, params)))
                  .join(text.language === "en" ? " " : "")}
              </p>
              <p className="hint">
                {message.from.name === "hub" ? text("desk.tell.byHub") : message.from.name} ·{" "}
                {wallDay(Date.parse(message.at))} {hour(message.at)}
              </p>
              <p className="tell-state">
                <span className={`tag ${tags[state]}`}>
                  {told === undefined
                    ? text(state === "unheard" ? "desk.tell.unheard" : "desk.tell.waits")
                    : text("desk.tell.told", { day: wallDay(Date.parse(told)), time: hour(told) })}
                </span>
                {state === "unheard" && (
                  <button type="button" className="quiet small" data-testid="tell-tasks" onClick={toTasks}>
                    {text("desk.tell.toTasks")}
                  </button>
                )}
              </p>
            </li>
          );
        })}
      </ol>
    </aside>
  );
}

const tags = { told: "tag-green", waits: "tag-fact", unheard: "tag-late" } as const;
