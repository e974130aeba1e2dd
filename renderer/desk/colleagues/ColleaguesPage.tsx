import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageProps } from "../pages.ts";
import { usePinyin } from "../pinyin.ts";
import { SearchField } from "../SearchField.tsx";
import { useFeed } from "../use-feed.ts";
import { useShown, useShownIf } from "../use-shown.ts";
import { ColleagueRow, matches } from "./ColleagueRow.tsx";

/** Everybody who may be asked. In a call they are asked into it, otherwise called. */
export function Page({ desk, door, me, open }: PageProps) {
  const text = useText();
  const sounds = usePinyin();
  const [words, setWords] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const { value } = useFeed(door, (client, options) => client.people.colleagues(undefined, options));
  const { current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const mayCall = allows(me.role, "call.ask") !== "no";
  const inTalk = call !== undefined && call.over === undefined && call.media !== "off";
  const mayInvite = inTalk && call.view?.clinician?.id === me.id;
  const about = call !== undefined && call.over === undefined ? call.record?.resident?.name : undefined;
  const ask = async (person: string) => {
    const done = mayInvite && current ? await current.invite(person) : await desk.ask(person);
    setFault(done.ok ? undefined : done.code);
    if (done.ok) open("consult");
  };
  const shown = (value ?? []).filter((one) => matches(one, words, sounds));
  const lists = [
    ["here", shown.filter(({ here }) => here)],
    ["away", shown.filter(({ here }) => !here)],
  ] as const;
  return (
    <main className="pane colleagues">
      <header className="colleagues-head">
        <h2>{text("desk.page.colleagues")}</h2>
        {about !== undefined && <span className="tag tag-fact">{text("desk.colleagues.about", { name: about })}</span>}
        <span className="spread" />
        <SearchField
          className="search"
          words={text("desk.colleagues.search")}
          value={words}
          change={setWords}
          testId="colleagues-search"
        />
      </header>
      {fault !== undefined && (
        <p className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </p>
      )}
      <div className="colleagues-lists" tabIndex={0} role="region" aria-label={text("desk.page.colleagues")}>
        {value?.length === 0 && (
          <Calm icon="guest" title={text("work.calm.colleagues")} words={text("work.calm.colleagues.then")} />
        )}
        {value !== undefined && value.length > 0 && shown.length === 0 && (
          <p className="hint">{text("desk.colleagues.none")}</p>
        )}
        {lists.map(([which, rows]) =>
          rows.length === 0 ? null : (
            <section key={which}>
              <h3>
                {text(`desk.colleagues.${which}`)} <span className="count">{rows.length}</span>
              </h3>
              {which === "away" && <p className="hint">{text("desk.colleagues.awayHint")}</p>}
              <ul className="colleague-list">
                {rows.map((one) => (
                  <ColleagueRow key={one.id} colleague={one}>
                    {mayCall && one.role !== "pharmacist" && (!inTalk || mayInvite) && (
                      <button
                        type="button"
                        className="main small"
                        data-testid="colleague-call"
                        onClick={() => void ask(one.id)}
                      >
                        {text(mayInvite ? "desk.people.invite" : "desk.colleagues.call")}
                      </button>
                    )}
                  </ColleagueRow>
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
    </main>
  );
}
