import { useEffect, useRef, useState } from "react";
import { mostClipBytes, type VoicePack, type VoiceView } from "../../../core/contract/technician-voice.ts";
import { clipFileSchema, clipName } from "../../../core/voice/pack.ts";
import type { Prompt } from "../../../core/voice/prompts.ts";
import { Press } from "../../parts/press.tsx";
import { Card, Data, FaultNote, Mark, Page } from "./parts.tsx";
import { base64Of, record, type Recording } from "./recorder.ts";
import { useAct } from "./session.ts";
import { promptsHere, unsaidNames, useVoiceView } from "./voice-view.ts";
import { useTech, type Tech } from "./words.ts";

/** A pack is recorded sentence by sentence: what is missing comes up by itself, the words big enough to read out. */
export function RecordingPage({ id }: { readonly id: string }) {
  const tech = useTech();
  const view = useVoiceView();
  const pack = view?.packs.find(({ manifest }) => manifest.id === id);
  if (view === undefined || pack === undefined) return <p role="status">{tech("tech.opening")}</p>;
  return <PackRecording pack={pack} view={view} />;
}

function useKeep(pack: string) {
  return useAct(async (client, own, file: string, sound: Blob) => {
    await client.technician.voice.keep({ ...own, pack, file, base64: await base64Of(sound) });
    return true;
  });
}

function PackRecording({ pack, view }: { readonly pack: VoicePack; readonly view: VoiceView }) {
  const tech = useTech();
  const { manifest, clips } = pack;
  const prompts = promptsHere(view, manifest.page);
  const files = new Map(clips.map((file) => [clipName(file), file]));
  const nextMissing = (from: number): number | undefined => {
    const order = [...prompts.keys()].map((step) => (from + step) % prompts.length);
    return order.find((index) => !files.has(prompts[index]?.clip ?? ""));
  };
  // First what nobody says at all: of a sentence that is missing here the shipped voice has its own.
  const [at, setAt] = useState(() => {
    const unsaid = unsaidNames(view, manifest.page)[0]?.clip;
    const first = prompts.findIndex(({ clip }) => clip === unsaid);
    return first >= 0 ? first : (nextMissing(0) ?? 0);
  });
  const prompt = prompts[at];
  const missing = nextMissing(at + 1);
  const recorded = prompts.filter(({ clip }) => files.has(clip)).length;
  return (
    <Page
      name="recording"
      title={<Data>{tech.said(manifest.name)}</Data>}
      note={tech("tech.voice.progress", { n: recorded, of: prompts.length })}
    >
      {recorded === prompts.length && (
        <p role="status" data-testid="voice-done">
          <Mark kind="ok">{tech("tech.voice.done")}</Mark>
        </p>
      )}
      {prompt !== undefined && (
        <PromptCard key={prompt.clip} prompt={prompt} pack={pack} file={files.get(prompt.clip)} />
      )}
      <div className="tech-actions">
        <Press kind="second" disabled={at === 0} onPress={() => setAt(at - 1)} testId="voice-previous">
          {tech("tech.voice.previous")}
        </Press>
        <Press kind="second" disabled={at === prompts.length - 1} onPress={() => setAt(at + 1)} testId="voice-next">
          {tech("tech.voice.next")}
        </Press>
        <Press
          kind="main"
          disabled={missing === undefined}
          onPress={() => setAt(missing ?? at)}
          testId="voice-next-missing"
        >
          {tech("tech.voice.nextMissing")}
        </Press>
      </div>
      <Import pack={pack} asked={prompts} />
    </Page>
  );
}

function PromptCard(props: { readonly prompt: Prompt; readonly pack: VoicePack; readonly file: string | undefined }) {
  const { prompt, pack, file } = props;
  const tech = useTech();
  const { recording, trouble, start, stop, keeping } = useRecording(tech, pack.manifest.id, prompt.clip);
  const [unplayable, setUnplayable] = useState(false);
  const listen = () => {
    setUnplayable(false);
    const sound = new Audio(`/voice/${pack.manifest.id}/${file ?? ""}?${pack.version}`);
    sound.play().catch(() => setUnplayable(true));
  };
  return (
    <Card
      title={<Data code>{prompt.clip}</Data>}
      mark={
        <Mark kind={file === undefined ? "none" : "ok"} testId="voice-clip">
          {tech(file === undefined ? "tech.voice.notThere" : "tech.voice.there")}
        </Mark>
      }
      wide
      actions={
        <>
          {recording ? (
            <Press kind="stop" onPress={stop} testId="voice-stop">
              {tech("tech.voice.stop")}
            </Press>
          ) : (
            <Press kind="main" disabled={keeping} onPress={() => void start()} testId="voice-start">
              {tech(file === undefined ? "tech.voice.start" : "tech.voice.redo")}
            </Press>
          )}
          <Press kind="second" disabled={file === undefined || recording} onPress={listen} testId="voice-listen">
            {tech("tech.voice.listen")}
          </Press>
        </>
      }
    >
      <p className="voice-words" translate="no" lang={pack.manifest.page} data-testid="voice-words">
        {prompt.words}
      </p>
      {prompt.sentence !== undefined && prompt.sentence !== prompt.words && (
        <p className="quiet">
          {tech("tech.voice.part")} <span lang={pack.manifest.page}>{prompt.sentence}</span>
        </p>
      )}
      {recording && <p role="status">{tech("tech.voice.recording")}</p>}
      {trouble}
      {unplayable && <p role="alert">{tech("tech.voice.cannotPlay")}</p>}
    </Card>
  );
}

/** Records one clip; leaving the page ends it without keeping. */
function useRecording(tech: Tech, pack: string, clip: string) {
  const keep = useKeep(pack);
  const [recording, setRecording] = useState<Recording>();
  const [deaf, setDeaf] = useState(false);
  const shown = useRef(false);
  const isGone = () => !shown.current;
  const running = useRef<Recording>(undefined);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
      running.current?.stop();
    };
  }, []);
  const start = async () => {
    setDeaf(false);
    try {
      const begun = await record();
      running.current = begun;
      if (isGone()) return begun.stop();
      setRecording(begun);
      const sound = await begun.sound;
      if (isGone()) return;
      setRecording(undefined);
      await keep.run(`${clip}.webm`, sound);
    } catch {
      setDeaf(true);
    }
  };
  return {
    recording: recording !== undefined,
    keeping: keep.busy,
    start,
    stop: () => recording?.stop(),
    trouble: (
      <>
        {deaf && <p role="alert">{tech("tech.voice.noMicrophone")}</p>}
        <FaultNote code={keep.fault} />
      </>
    ),
  };
}

/** Many files at once, each named by its clip. What is no prompt of the pack is named and left alone. */
function Import(props: { readonly pack: VoicePack; readonly asked: readonly Prompt[] }) {
  const { pack } = props;
  const tech = useTech();
  const chooser = useRef<HTMLInputElement>(null);
  const keep = useKeep(pack.manifest.id);
  const [left, setLeft] = useState(0);
  const [done, setDone] = useState<{ readonly kept: number; readonly refused: readonly string[] }>();
  const give = async (files: readonly File[]) => {
    const asked = new Set(props.asked.map(({ clip }) => clip));
    const refused: string[] = [];
    let kept = 0;
    setDone(undefined);
    for (const [index, file] of files.entries()) {
      setLeft(files.length - index);
      const fits = clipFileSchema.safeParse(file.name).success && asked.has(clipName(file.name));
      if (fits && file.size <= mostClipBytes && (await keep.run(file.name, file)) === true) kept++;
      else refused.push(file.name);
    }
    setLeft(0);
    setDone({ kept, refused });
  };
  return (
    <Card
      title={tech("tech.voice.import")}
      wide
      actions={
        <Press kind="second" disabled={left > 0} onPress={() => chooser.current?.click()} testId="voice-import">
          {tech("tech.voice.import")}
        </Press>
      }
    >
      <p>{tech("tech.voice.import.what")}</p>
      <input
        ref={chooser}
        className="unseen"
        type="file"
        accept="audio/*,.ogg,.opus,.webm,.wav,.mp3,.m4a"
        multiple
        tabIndex={-1}
        aria-label={tech("tech.voice.import")}
        data-testid="voice-files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          void give(files);
        }}
      />
      {left > 0 && <p role="status">{tech("tech.voice.importing", { n: left })}</p>}
      {done !== undefined && (
        <p role="status" data-testid="voice-imported">
          <Mark kind="ok">{tech("tech.voice.imported", { n: done.kept })}</Mark>{" "}
          {done.refused.length > 0 && (
            <span>
              {tech("tech.voice.refused")} <Data code>{done.refused.join(" ")}</Data>
            </span>
          )}
        </p>
      )}
      <FaultNote code={keep.fault} />
    </Card>
  );
}
