import { useEffect, useState } from "react";
import type { PrescriptionDraft } from "../../../core/contract/hub-care.ts";
import { courses } from "../../../core/care/prescription-parts.ts";
import { maySign, type Finding } from "../../../core/care/prescription-checks.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useHeard } from "../../parts/heard.ts";
import { useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import { useKept } from "../drafts.ts";
import type { HubDoor } from "../hub.ts";
import type { DrugList } from "./drug-words.ts";
import { DrugSearch } from "./DrugSearch.tsx";
import { Fault } from "./Fault.tsx";
import { Findings } from "./Findings.tsx";
import { draftOf, lineFor, rxFormSchema, type LineForm, type RxForm } from "./rx-draft.ts";
import { RxLine } from "./RxLine.tsx";
import { RxPatient } from "./RxPatient.tsx";
import { useSigning } from "./use-signing.tsx";
import { failing } from "./work-kit.ts";

const mostDrugs = 5;

/** Writes a prescription. The hub judges every change; what stops it is said before anybody signs. */
export function RxEditor(props: {
  readonly door: HubDoor;
  readonly list: DrugList | undefined;
  readonly start: RxForm;
  readonly drafts: DraftStore;
  /** Under which it is kept until it is sent. */
  readonly keptAs: string;
  readonly name: string;
  /** Why the pharmacist sent it back, if so. */
  readonly back?: string | undefined;
  readonly done: (words: string) => void;
}) {
  const text = useText();
  const { door, list } = props;
  const { value: form, put: setForm, drop } = useKept(props.drafts, props.keptAs, rxFormSchema, () => props.start);
  const [fresh, setFresh] = useState<number>();
  const [judged, setJudged] = useState<{ readonly of: string; readonly findings: readonly Finding[] }>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);
  const draft = draftOf(form, list?.drugs ?? []);
  const key = draft && JSON.stringify(draft);
  const findings = judged !== undefined && judged.of === key ? judged.findings : undefined;

  useEffect(() => {
    if (key === undefined) return undefined;
    let left = false;
    void failing(async () => {
      const found = await door.client.prescription.check(JSON.parse(key) as PrescriptionDraft);
      if (!left) setJudged({ of: key, findings: found });
    }).then((why) => left || setFault(why));
    return () => {
      left = true;
    };
  }, [door, key]);

  const change = (part: Partial<RxForm>) => setForm((before) => ({ ...before, ...part }));
  const changeLine = (nth: number, part: Partial<LineForm>) =>
    setForm((before) => ({
      ...before,
      lines: before.lines.map((line, at) => (at === nth ? { ...line, ...part } : line)),
    }));

  const ready =
    draft !== undefined &&
    findings !== undefined &&
    !busy &&
    maySign({ ...draft, revision: 1, doctor: { ...draft.pharmacy, person: "-", name: "-" }, catalogue: "-" }, findings);

  const sign = async () => {
    if (!ready) return;
    setBusy(true);
    setFault(undefined);
    const why =
      (await failing(() => door.client.prescription.write(draft))) ??
      (await signing.run(() => door.client.prescription.sign({ id: draft.id })));
    setBusy(false);
    if (why !== undefined) return setFault(why);
    drop();
    props.done(text("work.rx.signed", { name: props.name }));
  };

  useHeard("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void sign();
  });

  return (
    <section className="pane rx-editor" aria-label={text("work.rx.title")} data-testid="rx-editor">
      <header className="who">
        <h2>{props.name}</h2>
        {props.back !== undefined && (
          <p className="rx-back">
            {text("work.review.was.return")} {props.back}
          </p>
        )}
      </header>
      <div className="rx-columns">
        <div className="rx-main">
          <div className="rx-line-fields">
            <label className="rx-wide">
              <span>{text("work.rx.diagnosis")}</span>
              <input
                data-testid="diagnosis"
                ref={focusNow}
                maxLength={500}
                value={form.diagnosis}
                onChange={(event) => change({ diagnosis: event.currentTarget.value })}
              />
            </label>
            <label>
              <span>{text("work.rx.course")}</span>
              <select
                data-testid="course"
                value={form.course}
                onChange={({ currentTarget: { value } }) =>
                  change({ course: courses.find((one) => one === value) ?? form.course })
                }
              >
                {courses.map((course) => (
                  <option key={course} value={course}>
                    {text(`work.course.${course}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <ol className="rx-lines">
            {form.lines.map((line, nth) => (
              <RxLine
                key={line.drug + String(nth)}
                nth={nth}
                line={line}
                list={list}
                findings={findings?.filter(({ items }) => items.includes(nth)) ?? []}
                fresh={fresh === nth}
                change={(part) => changeLine(nth, part)}
                remove={() => change({ lines: form.lines.filter((_, at) => at !== nth) })}
              />
            ))}
          </ol>
          <DrugSearch
            list={list}
            full={form.lines.length >= mostDrugs}
            take={(drug) => {
              setFresh(form.lines.length);
              change({ lines: [...form.lines, lineFor(drug)] });
            }}
          />
        </div>
        <div className="rx-side">
          <RxPatient
            list={list}
            patient={form.patient}
            change={(part) => setForm((before) => ({ ...before, patient: { ...before.patient, ...part } }))}
          />
          <Findings findings={findings} list={list} />
        </div>
      </div>
      <div className="work-foot">
        <span className="hint spread">
          {draft === undefined ? text("work.rx.incomplete") : list?.specimen === true ? text("work.rx.specimen") : ""}
        </span>
        <Fault code={fault} />
        <button
          type="button"
          className="second"
          data-testid="rx-keep"
          disabled={draft === undefined || busy}
          onClick={() =>
            void failing(() => (draft ? door.client.prescription.write(draft) : Promise.resolve())).then((why) => {
              if (why !== undefined) return setFault(why);
              drop();
              props.done(text("work.rx.kept"));
            })
          }
        >
          {text("work.rx.keep")}
        </button>
        <button type="button" className="main" data-testid="rx-sign" disabled={!ready} onClick={() => void sign()}>
          {busy ? text("desk.opinion.sending") : text("work.rx.sign")}
        </button>
      </div>
      {signing.dialog}
    </section>
  );
}
