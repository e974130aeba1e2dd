import { useState } from "react";
import type { Prescription } from "../../../core/care/prescription-parts.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { Fault } from "./Fault.tsx";
import { drugWord, type DrugList } from "./drug-words.ts";
import { HandOut } from "./HandOut.tsx";
import { PrescriptionText } from "./PrescriptionText.tsx";
import { Review } from "./Review.tsx";
import { useDrugs } from "./use-drugs.ts";
import { rowKeys, span, useNames, useSaid } from "./work-kit.ts";
import "./work.css";
import "./prescription.css";

/** The pharmacist's desk: what waits for a look, then what waits to be handed out. Nothing here changes what the doctor wrote. */
export function Page({ door }: PageProps) {
  const text = useText();
  const { value: rows, fault } = useFeed(door, (client, options) => client.prescription.watch(undefined, options));
  const list = useDrugs(door);
  const [chosen, setChosen] = useState<string>();
  const [said, setSaid] = useSaid(text);
  const waiting = rows?.filter(({ prescription }) => prescription.state === "signed") ?? [];
  const ready = rows?.filter(({ prescription }) => prescription.state === "valid") ?? [];
  const all = [...waiting, ...ready];
  const present = all.find(({ prescription }) => prescription.id === chosen) ?? all[0];
  const names = useNames(
    door,
    all.map(({ prescription }) => prescription.resident),
    all.map(({ prescription }) => prescription.doctor.org),
    text,
  );
  const group = (title: string, some: typeof all) => (
    <>
      <h3>
        {title} <span className="count">{some.length}</span>
      </h3>
      <ol onKeyDown={rowKeys}>
        {some.map(({ prescription, findings }) => (
          <Row
            key={prescription.id}
            prescription={prescription}
            name={names.resident(prescription.resident)}
            warned={findings.some(({ severity }) => severity !== "note")}
            list={list}
            present={prescription.id === present?.prescription.id}
            choose={() => {
              setSaid(undefined);
              setChosen(prescription.id);
            }}
          />
        ))}
      </ol>
    </>
  );
  return (
    <main className="work-two" data-testid="pharmacy">
      <section className="pane work-side" aria-label={text("work.pharmacy.title")}>
        <h2>{text("work.pharmacy.title")}</h2>
        <Fault code={fault} />
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="pharmacy-said">
            {said}
          </p>
        )}
        {group(text("work.pharmacy.waiting"), waiting)}
        {group(text("work.pharmacy.ready"), ready)}
      </section>
      {present ? (
        <div className="rx-page" key={`${present.prescription.id}-${String(present.prescription.revision)}`}>
          <PrescriptionText
            prescription={present.prescription}
            findings={present.findings}
            list={list}
            name={names.resident(present.prescription.resident)}
            org={names.org(present.prescription.doctor.org)}
          />
          {present.prescription.state === "signed" ? (
            <Review door={door} prescription={present.prescription} done={setSaid} />
          ) : (
            <HandOut door={door} prescription={present.prescription} list={list} done={setSaid} />
          )}
        </div>
      ) : (
        <section className="pane work-none">
          {rows === undefined ? (
            <p className="hint">{text("work.loading")}</p>
          ) : (
            <Calm icon="list" title={text("work.calm.pharmacy")} words={text("work.calm.pharmacy.then")} />
          )}
        </section>
      )}
    </main>
  );
}

function Row(props: {
  readonly prescription: Prescription;
  readonly name: string;
  readonly warned: boolean;
  readonly list: DrugList | undefined;
  readonly present: boolean;
  readonly choose: () => void;
}) {
  const text = useText();
  const now = useNow();
  const { prescription, list } = props;
  return (
    <li>
      <button
        type="button"
        data-row
        data-testid="rx-row"
        className="work-row"
        aria-current={props.present}
        onClick={props.choose}
      >
        <span className="work-row-top">
          <strong>{props.name}</strong>
          <span className="work-age">{span(text, now - prescription.since)}</span>
        </span>
        <span className="work-row-line hint">
          {prescription.items.map(({ drug }) => drugWord(text, list, drug)).join(" · ")}
        </span>
        <span className="work-row-line">
          {props.warned && <span className="tag tag-warn">{text("work.findings.some")}</span>}
          {prescription.revision > 1 && (
            <span className="tag">{text("work.rx.revision", { n: prescription.revision })}</span>
          )}
        </span>
      </button>
    </li>
  );
}
