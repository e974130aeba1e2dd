import { useEffect, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { drugWord } from "./drug-words.ts";
import { Fault } from "./Fault.tsx";
import { PrescriptionText } from "./PrescriptionText.tsx";
import { emptyPatient, formOf, patientFormOf, type RxForm } from "./rx-draft.ts";
import { RxEditor } from "./RxEditor.tsx";
import { RxClose } from "./RxClose.tsx";
import { useDrugs } from "./use-drugs.ts";
import { failing, rowKeys, span, useNames, useSaid } from "./work-kit.ts";
import "./work.css";
import "./prescription.css";

/** One's own open prescriptions, and the one being written for the resident the page was opened about. */
export function Page({ door, me, drafts, about, open }: PageProps) {
  const text = useText();
  const now = useNow();
  const { value: rows, fault } = useFeed(door, (client, options) => client.prescription.watch(undefined, options));
  const list = useDrugs(door);
  const [chosen, setChosen] = useState(about.id);
  const [fresh, setFresh] = useState<RxForm>();
  const [said, setSaid] = useSaid(text);
  const { resident, call } = about;
  const names = useNames(
    door,
    [...(rows ?? []).map(({ prescription }) => prescription.resident), ...(resident === undefined ? [] : [resident])],
    (rows ?? []).map(({ prescription }) => prescription.doctor.org),
    text,
  );
  const { practice } = me;

  useEffect(() => {
    if (resident === undefined || !practice) return undefined;
    let left = false;
    const start: RxForm = {
      id: uuidv7(),
      resident,
      ...(call === undefined ? {} : { call }),
      pharmacy: { org: practice.org, tier: practice.tier },
      diagnosis: "",
      course: "ordinary",
      lines: [],
      patient: emptyPatient,
    };
    // What was known the last time; the doctor looks over it, and it is signed anew.
    void failing(async () => {
      const { prescriptions } = await door.client.resident.records({ resident });
      const last = prescriptions.toSorted((a, b) => b.writtenAt - a.writtenAt)[0];
      if (!left) setFresh(last ? { ...start, patient: patientFormOf(last.patient) } : start);
    }).then((why) => why !== undefined && !left && setFresh(start));
    return () => {
      left = true;
    };
  }, [door, resident, call, practice]);

  const present = rows?.find(({ prescription }) => prescription.id === chosen);
  const back = present?.prescription.reviews.at(-1)?.review.reason;
  const done = (words: string) => {
    setSaid(words);
    setFresh(undefined);
    setChosen(undefined);
  };
  const editable = present?.prescription.state === "drafted" || present?.prescription.state === "returned";

  return (
    <main className="work-two" data-testid="prescriptions">
      <section className="pane work-side" aria-label={text("work.rx.mine")}>
        <h2>
          {text("work.rx.mine")} <span className="count">{rows?.length ?? 0}</span>
        </h2>
        <Fault code={fault} />
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="rx-said">
            {said}
          </p>
        )}
        {fresh && chosen !== undefined && (
          <button type="button" className="second" onClick={() => setChosen(undefined)}>
            {text("work.rx.goOn", { name: names.resident(fresh.resident) })}
          </button>
        )}
        {rows?.length === 0 && <p className="hint">{text("work.rx.empty")}</p>}
        <ol onKeyDown={rowKeys}>
          {rows?.map(({ prescription }) => (
            <li key={prescription.id}>
              <button
                type="button"
                data-row
                data-testid="rx-row"
                className={`work-row ${prescription.state === "returned" || prescription.state === "refused" ? "edge-2" : ""}`}
                aria-current={prescription.id === present?.prescription.id}
                onClick={() => {
                  setSaid(undefined);
                  setChosen(prescription.id);
                }}
              >
                <span className="work-row-top">
                  <strong>{names.resident(prescription.resident)}</strong>
                  <span className="work-age">{span(text, now - prescription.since)}</span>
                </span>
                <span className="work-row-line">
                  <span className="tag">{text(`work.rx.state.${prescription.state}`)}</span>
                </span>
                <span className="work-row-line hint">
                  {prescription.items.map(({ drug }) => drugWord(text, list, drug)).join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      {present && editable ? (
        <RxEditor
          key={present.prescription.id}
          door={door}
          list={list}
          start={formOf(present.prescription)}
          drafts={drafts}
          keptAs={`rx:${present.prescription.id}:${String(present.prescription.revision)}:${present.prescription.state}`}
          name={names.resident(present.prescription.resident)}
          back={back}
          done={done}
        />
      ) : present ? (
        <div className="rx-page">
          <PrescriptionText
            prescription={present.prescription}
            findings={present.findings}
            list={list}
            name={names.resident(present.prescription.resident)}
            org={names.org(present.prescription.doctor.org)}
          />
          <RxClose key={present.prescription.id} door={door} prescription={present.prescription} done={done} />
        </div>
      ) : fresh ? (
        <RxEditor
          key={fresh.id}
          door={door}
          list={list}
          start={fresh}
          drafts={drafts}
          keptAs={`rx:${fresh.resident}`}
          name={names.resident(fresh.resident)}
          done={done}
        />
      ) : (
        <section className="pane work-none">
          {rows?.length === 0 ? (
            <Calm icon="list" title={text("work.calm.prescriptions")} words={text("work.calm.prescriptions.then")}>
              <button type="button" className="second" onClick={() => open("resident")}>
                {text("work.calm.toResident")}
              </button>
            </Calm>
          ) : (
            <p className="hint">{text("work.rx.choose")}</p>
          )}
        </section>
      )}
    </main>
  );
}
