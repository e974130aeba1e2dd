import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import { useText } from "../parts/language.tsx";
import type { DeskCall } from "./call.ts";
import type { DraftStore } from "./draft.ts";
import { OpinionEditor } from "./OpinionEditor.tsx";
import { ResultCard } from "./ResultCard.tsx";
import { TakenToday } from "./TakenToday.tsx";
import { useShown } from "./use-shown.ts";
import { operatorWord } from "./words.ts";

export function RecordPane(props: {
  readonly call: DeskCall;
  readonly drafts: DraftStore;
  /** Writes a referral; absent for who may not. */
  readonly refer: ((resident: string) => void) | undefined;
  readonly leave: () => void;
}) {
  const text = useText();
  const { view, record, over, opinions } = useShown(props.call.shown);
  if (view && view.participants.find(({ id }) => id === view.you)?.role === "observer")
    return <Watched age={view.ageBand} />;
  return (
    <aside className="record" aria-label={text("desk.record.title")}>
      <section className="pane facts" data-testid="record">
        {record ? <Facts record={record} /> : <p className="hint">{text("desk.record.loading")}</p>}
      </section>
      <OpinionEditor
        call={props.call}
        drafts={props.drafts}
        refer={props.refer}
        opinions={opinions}
        open={over === undefined}
        leave={props.leave}
      />
    </aside>
  );
}

/** In the record's place, for who only watches. */
function Watched({ age }: { readonly age: string | undefined }) {
  const text = useText();
  return (
    <aside className="record record-watched" aria-label={text("desk.record.title")}>
      <section className="pane facts" data-testid="watched">
        <h2 className="who">
          {text("desk.role.resident")}
          {age !== undefined && <span className="tag">{text("desk.watched.age", { age })}</span>}
        </h2>
        <p className="hint">{text("desk.watched.hint")}</p>
      </section>
    </aside>
  );
}

export function Facts({ record }: { readonly record: VisitRecord }) {
  const text = useText();
  return (
    <>
      <Who record={record} />
      {record.notSentSince !== undefined && (
        <p className="tag tag-warn not-sent" role="status" data-testid="not-sent">
          {text("desk.record.notSent")}
        </p>
      )}
      <TakenToday taken={record.taken} />
      <div className="results">
        {record.results.length === 0 && <p className="hint">{text("desk.record.none")}</p>}
        {record.results.map((result) => (
          <ResultCard
            key={result.of}
            result={result}
            head={record.head}
            person={record.resident === undefined ? "guest" : "known"}
          />
        ))}
        <Refusals refusals={record.refusals} />
      </div>
    </>
  );
}

function Who({ record }: { readonly record: VisitRecord }) {
  const text = useText();
  const { resident } = record;
  if (!resident) return <h2 className="who">{text("desk.resident.guest")}</h2>;
  return (
    <div className="who" data-testid="resident">
      <h2>{resident.name}</h2>
      <span>{text(resident.sex === "female" ? "desk.resident.female" : "desk.resident.male")}</span>
      <span>{text("desk.resident.born", { year: resident.birthYear })}</span>
      {factWords(text, resident.facts).map((word) => (
        <span key={word} className="tag tag-fact">
          {word}
        </span>
      ))}
      {resident.specimen && <span className="tag">{text("desk.resident.specimen")}</span>}
    </div>
  );
}

/** Only what changes how a number is read. */
function factWords(text: ReturnType<typeof useText>, facts: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...(facts["diabetes"] === "yes" ? [text("desk.fact.diabetes.yes")] : []),
    ...(facts["diabetes"] === "unknown" ? [text("desk.fact.diabetes.unknown")] : []),
    ...(facts["hypertension"] === true ? [text("desk.fact.hypertension")] : []),
    ...(facts["pregnant"] === true ? [text("desk.fact.pregnant")] : []),
  ];
}

/** Numbers that were not taken, counted by reason: that a doctor knows how often it did not work. */
function Refusals({ refusals }: { readonly refusals: VisitRecord["refusals"] }) {
  const text = useText();
  if (refusals.length === 0) return null;
  const counted = new Map<string, number>();
  for (const { reason } of refusals) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  return (
    <div className="refusals" data-testid="refusals">
      <strong>{text("desk.result.refused", { n: refusals.length })}</strong>
      {[...counted].map(([reason, times]) => (
        <span key={reason}>
          {operatorWord(text, reason)} × {times}
        </span>
      ))}
    </div>
  );
}
