import { useRef, useState } from "react";
import type { WorkItem } from "../../../core/contract/hub-work.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageProps } from "../pages.ts";
import { Grade } from "../Severity.tsx";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { categoryWord, waited } from "../words.ts";
import { Fault } from "./Fault.tsx";
import { StoredCase } from "./StoredCase.tsx";
import { failing, rowKeys } from "./work-kit.ts";
import "./work.css";
import "./stored.css";

/** Those who do not wait at a screen: the list, and beside it everything that the answer to one of them needs. */
export function Page({ door, drafts }: PageProps) {
  const text = useText();
  const { value: items, fault: cut } = useFeed(door, (client, options) => client.work.watch(undefined, options));
  const [chosen, setChosen] = useState<string>();
  const [taking, setTaking] = useState<string>();
  const [fault, setFault] = useState<FaultCode>();
  const [answered, setAnswered] = useState<string>();
  const list = useRef<HTMLOListElement>(null);
  const present = items?.find(({ call }) => call === chosen) ?? items?.find(({ mine }) => mine);

  const take = async (item: WorkItem) => {
    setFault(undefined);
    setAnswered(undefined);
    if (!item.mine) {
      setTaking(item.call);
      const why = await failing(() => door.client.work.take({ call: item.call }));
      setTaking(undefined);
      if (why !== undefined) return setFault(why);
    }
    setChosen(item.call);
  };

  const done = (item: WorkItem) => {
    setAnswered(item.shownName);
    setChosen(undefined);
    list.current?.querySelector<HTMLElement>("[data-row]")?.focus();
  };

  return (
    <main className="work-two" data-testid="stored">
      <section className="pane work-side" aria-label={text("work.stored.title")}>
        <h2>
          {text("work.stored.title")} <span className="count">{items?.length ?? 0}</span>
        </h2>
        <Fault code={fault ?? cut} />
        {answered !== undefined && (
          <p className="work-done" role="status" data-testid="answered">
            {text("work.stored.answered", { name: answered })}
          </p>
        )}
        {items?.length === 0 && <p className="hint">{text("work.stored.empty")}</p>}
        <ol ref={list} onKeyDown={rowKeys}>
          {items?.map((item) => (
            <StoredRow
              key={item.call}
              item={item}
              present={item.call === present?.call}
              busy={taking === item.call}
              take={() => void take(item)}
            />
          ))}
        </ol>
      </section>
      {present?.mine === true ? (
        <StoredCase key={present.call} door={door} drafts={drafts} item={present} done={() => done(present)} />
      ) : (
        <section className="pane work-none">
          {items?.length === 0 ? (
            <Calm icon="voice" title={text("work.calm.stored")} words={text("work.calm.stored.then")} />
          ) : (
            <p className="hint">{text("work.stored.choose")}</p>
          )}
        </section>
      )}
    </main>
  );
}

function StoredRow(props: {
  readonly item: WorkItem;
  readonly present: boolean;
  readonly busy: boolean;
  readonly take: () => void;
}) {
  const text = useText();
  const now = useNow();
  const { item } = props;
  const { whole, coming } = item.blobs;
  return (
    <li>
      <button
        type="button"
        data-row
        data-testid="stored-row"
        className={`work-row edge-${item.severity}`}
        aria-current={props.present}
        disabled={props.busy}
        onClick={props.take}
      >
        <span className="work-row-top">
          <strong>{item.shownName}</strong>
          <span className="work-age">{waited(now - Date.parse(item.waitingSince))}</span>
        </span>
        <span className="work-row-line">
          <Grade severity={item.severity} word={item.worst && categoryWord(text, item.worst)} />
        </span>
        <span className="work-row-line hint">
          {item.station.name}
          {whole + coming > 0 && ` · ${text("work.stored.blobs", { n: whole + coming })}`}
          {item.mine && <span className="tag">{text("work.stored.mine")}</span>}
          {item.late && <span className="tag tag-warn">{text("work.overdue")}</span>}
        </span>
      </button>
    </li>
  );
}
