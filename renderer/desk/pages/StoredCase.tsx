import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { WorkItem } from "../../../core/contract/hub-work.ts";
import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import { useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import type { HubDoor } from "../hub.ts";
import { ResultCard } from "../ResultCard.tsx";
import { TakenToday } from "../TakenToday.tsx";
import { useFeed } from "../use-feed.ts";
import { useBlobAddress } from "./blob-view.ts";
import { symptomWord } from "./work-kit.ts";
import { StoredAnswer } from "./StoredAnswer.tsx";

/** One stored call on one page: readings and answers, pictures and voice, and the sheet that answers it. */
export function StoredCase(props: {
  readonly door: HubDoor;
  readonly drafts: DraftStore;
  readonly item: WorkItem;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, item } = props;
  const { call } = item;
  const { value: record } = useFeed(door, (client, options) => client.visit.watch({ call }, options), call);
  const { value: blobs } = useFeed(door, (client, options) => client.blob.watch({ call }, options), call);
  const resident = record?.resident;
  const stills = blobs?.filter(({ kind }) => kind === "still") ?? [];
  const notes = blobs?.filter(({ kind }) => kind === "voiceNote") ?? [];
  return (
    <div className="stored-case" data-testid="stored-case">
      <section className="pane stored-facts" aria-label={text("work.stored.facts")}>
        <header className="who">
          <h2>{resident?.name ?? item.shownName}</h2>
          {resident && (
            <span>
              {text(`desk.resident.${resident.sex}`)} · {text("desk.resident.born", { year: resident.birthYear })}
            </span>
          )}
          {resident && <Facts facts={resident.facts} />}
          {resident?.specimen === true && <span className="tag">{text("desk.resident.specimen")}</span>}
        </header>
        {record?.symptoms !== undefined && record.symptoms.length > 0 && (
          <p className="stored-symptoms" data-testid="symptoms">
            <span className="hint">{text("work.stored.symptoms")}</span>{" "}
            {record.symptoms.map((code) => symptomWord(text, code)).join(" · ")}
          </p>
        )}
        <TakenToday taken={record?.taken} />
        <div className="results">
          {record === undefined && <p className="hint">{text("desk.record.loading")}</p>}
          {record?.results.length === 0 && <p className="hint">{text("desk.record.none")}</p>}
          {record?.results.map((result) => (
            <ResultCard key={result.of} result={result} head={record.head} person={resident ? "known" : "guest"} />
          ))}
        </div>
      </section>
      <section className="pane stored-media" aria-label={text("work.stored.media")}>
        {stills.length + notes.length === 0 && <p className="hint">{text("work.stored.noMedia")}</p>}
        {notes.map((blob) => (
          <Voice key={blob.blob} door={door} blob={blob} />
        ))}
        <div className="stored-stills">
          {stills.map((blob, nth) => (
            <Still key={blob.blob} door={door} blob={blob} nth={nth + 1} />
          ))}
        </div>
      </section>
      <StoredAnswer door={door} drafts={props.drafts} item={item} record={record} done={props.done} />
    </div>
  );
}

function Facts({ facts }: { readonly facts: NonNullable<VisitRecord["resident"]>["facts"] }) {
  const text = useText();
  return (
    <>
      {facts["hypertension"] === true && <span className="tag tag-fact">{text("desk.fact.hypertension")}</span>}
      {facts["diabetes"] === "yes" && <span className="tag tag-fact">{text("desk.fact.diabetes.yes")}</span>}
      {facts["pregnant"] === true && <span className="tag tag-warn">{text("desk.fact.pregnant")}</span>}
    </>
  );
}

function Still({ door, blob, nth }: { readonly door: HubDoor; readonly blob: BlobState; readonly nth: number }) {
  const text = useText();
  const address = useBlobAddress(door, blob);
  const label = text("work.stored.still", { n: nth });
  if (address === undefined) return <p className="hint">{text("work.stored.coming", { what: label })}</p>;
  return (
    <details className="still">
      <summary aria-label={label} data-testid="still">
        <img src={address} alt={label} />
      </summary>
    </details>
  );
}

function Voice({ door, blob }: { readonly door: HubDoor; readonly blob: BlobState }) {
  const text = useText();
  const address = useBlobAddress(door, blob);
  const label = text("work.stored.voice");
  if (address === undefined) return <p className="hint">{text("work.stored.coming", { what: label })}</p>;
  return (
    <div className="voice">
      <span>{label}</span>
      <audio controls src={address} aria-label={label} data-testid="voice" />
    </div>
  );
}
