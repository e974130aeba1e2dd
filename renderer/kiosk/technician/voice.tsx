import { useState } from "react";
import type { VoicePack, VoiceView } from "../../../core/contract/technician-voice.ts";
import type { Language } from "../../../core/i18n/message.ts";
import { packIdSchema } from "../../../core/voice/pack.ts";
import { Press } from "../../parts/press.tsx";
import { Card, Choices, Data, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { missingIn, silentIn, unsaidNames, useVoiceView } from "./voice-view.ts";
import { useTech } from "./words.ts";

/** Whose voice the station has, how complete it is, and which one speaks. */
export function VoicePage() {
  const tech = useTech();
  const view = useVoiceView();
  return (
    <Page name="voice" title={tech("tech.voice.title")} note={tech("tech.voice.what")}>
      <VoiceNote />
      {view !== undefined && <Unsaid view={view} />}
      <div className="tech-grid tech-grid-two">
        {view?.packs.map((pack) => (
          <Pack key={pack.manifest.id} pack={pack} view={view} />
        ))}
        <NewPack />
      </div>
    </Page>
  );
}

/** A silent station says so to staff. */
export function VoiceNote() {
  const tech = useTech();
  const view = useVoiceView();
  const silent = view === undefined ? [] : silentIn(view);
  if (silent.length === 0) return null;
  const language = silent.map((page) => tech(`tech.voice.page.${page}`)).join(tech("tech.and"));
  return (
    <p role="status" data-testid="voice-silent">
      <Mark kind="care">{tech("tech.voice.silent", { language })}</Mark>
    </p>
  );
}

/** As many are named; of more their number is enough. */
const mostNamed = 4;

/** What of the station's own data nobody hears yet. A station without any voice says so already. */
function Unsaid({ view }: { readonly view: VoiceView }) {
  const tech = useTech();
  const silent = silentIn(view);
  const pages = (["zh-CN", "en"] as const)
    .filter((page) => !silent.includes(page))
    .map((page) => ({ page, names: unsaidNames(view, page) }))
    .filter(({ names }) => names.length > 0);
  if (pages.length === 0) return null;
  return (
    <div role="status" data-testid="voice-unsaid">
      {pages.map(({ page, names }) => (
        <p key={page}>
          <Mark kind="care">
            {tech("tech.voice.names", { page: tech(`tech.voice.page.${page}`), n: names.length })}
          </Mark>{" "}
          <Data>
            {names
              .slice(0, mostNamed)
              .map(({ sentence = "" }) => sentence)
              .join(" · ")}
          </Data>
        </p>
      ))}
      <p className="quiet">{tech("tech.voice.names.what")}</p>
    </div>
  );
}

function Pack({ pack, view }: { readonly pack: VoicePack; readonly view: VoiceView }) {
  const tech = useTech();
  const { go } = usePlace();
  const { manifest, from } = pack;
  const { id, page } = manifest;
  const missing = missingIn(view, pack).length;
  const leads = view.speaks[page][0] === id;
  const choose = useAct((client, own) => client.technician.voice.choose({ ...own, page, pack: id }));
  return (
    <Card
      title={<Data>{tech.said(manifest.name)}</Data>}
      testId={`voice-${id}`}
      mark={
        <Mark kind={missing === 0 ? "ok" : "care"} testId="voice-state">
          {missing === 0 ? tech("tech.voice.whole") : tech("tech.voice.missing", { n: missing })}
        </Mark>
      }
      actions={
        <>
          {leads ? (
            <Mark kind="ok">{tech("tech.voice.first")}</Mark>
          ) : (
            <Press kind="second" disabled={choose.busy} onPress={() => void choose.run()} testId="voice-choose">
              {tech("tech.voice.choose")}
            </Press>
          )}
          {from === "own" && (
            <Press kind="main" onPress={() => go({ at: "recording", pack: id })} testId="voice-record">
              {tech("tech.voice.record")}
            </Press>
          )}
        </>
      }
    >
      <p>
        {tech(manifest.synthetic ? "tech.voice.synthetic" : "tech.voice.recorded")} · <Data>{manifest.speaker}</Data>
      </p>
      <p className="quiet">
        {tech(`tech.voice.page.${page}`)} · <Data code>{manifest.language}</Data> ·{" "}
        {tech(from === "own" ? "tech.voice.own" : "tech.voice.shipped")}
      </p>
      <FaultNote code={choose.fault} />
    </Card>
  );
}

const tagForm = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u;

function NewPack() {
  const tech = useTech();
  const [page, setPage] = useState<Language>("zh-CN");
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [language, setLanguage] = useState("");
  const [speaker, setSpeaker] = useState("");
  const [added, setAdded] = useState(false);
  const describe = useAct((client, own) =>
    client.technician.voice.describe({
      ...own,
      manifest: {
        id,
        name: { zh: name.trim(), en: name.trim() },
        language,
        page,
        speaker: speaker.trim(),
        synthetic: false,
        madeBy: "station",
        // Another license is for the speaker to give: the pack's file says it then.
        licence: "all rights reserved",
        format: "WebM, Opus",
      },
    }),
  );
  const ready =
    packIdSchema.safeParse(id).success && tagForm.test(language) && name.trim() !== "" && speaker.trim() !== "";
  const add = async () => setAdded((await describe.run()) !== undefined);
  return (
    <Card
      title={tech("tech.voice.new")}
      wide
      actions={
        <Press kind="main" disabled={!ready || describe.busy} onPress={() => void add()} testId="voice-add">
          {tech("tech.voice.add")}
        </Press>
      }
    >
      <p>{tech("tech.voice.new.what")}</p>
      <Choices
        label={tech("tech.voice.reads")}
        choices={(["zh-CN", "en"] as const).map((one) => ({ name: one, says: tech(`tech.voice.page.${one}`) }))}
        value={page}
        onChange={setPage}
        testId="voice-page"
      />
      <div className="tech-grid tech-grid-two">
        <Field label={tech("tech.voice.name")} value={name} onChange={setName} maxLength={40} testId="voice-name" />
        <Field
          label={tech("tech.voice.speaker")}
          value={speaker}
          onChange={setSpeaker}
          maxLength={60}
          testId="voice-speaker"
        />
        <Field
          label={tech("tech.voice.id")}
          hint={tech("tech.voice.id.what")}
          value={id}
          onChange={setId}
          maxLength={40}
          testId="voice-id"
        />
        <Field
          label={tech("tech.voice.language")}
          hint={tech("tech.voice.language.what")}
          value={language}
          onChange={setLanguage}
          maxLength={40}
          testId="voice-tag"
        />
      </div>
      {added && (
        <p role="status" data-testid="voice-added">
          <Mark kind="ok">{tech("tech.voice.added")}</Mark>
        </p>
      )}
      <FaultNote code={describe.fault} />
    </Card>
  );
}
