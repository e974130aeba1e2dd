import type { VoicePack, VoiceView } from "../../../core/contract/technician-voice.ts";
import type { Language } from "../../../core/i18n/message.ts";
import { clipName } from "../../../core/voice/pack.ts";
import { promptsOf, type Prompt } from "../../../core/voice/prompts.ts";
import { usePlace, useWatch } from "./session.ts";

/** The packs of the station as they are now; absent until the station has told them. */
export function useVoiceView(): VoiceView | undefined {
  const { door } = usePlace();
  return useWatch<VoiceView>(door, "voice", (client, options) => client.voice.watch(undefined, options)).value;
}

/** What a pack for pages in this language is to say here, in the order in which it is recorded: last what is the station's own. */
export const promptsHere = (view: Pick<VoiceView, "names">, page: Language): readonly Prompt[] => [
  ...promptsOf(page),
  ...view.names[page],
];

/** Which prompts a pack does not have yet. */
export function missingIn(
  view: VoiceView,
  { manifest, clips }: Pick<VoicePack, "manifest" | "clips">,
): readonly Prompt[] {
  const there = new Set(clips.map(clipName));
  return promptsHere(view, manifest.page).filter(({ clip }) => !there.has(clip));
}

/** Names of the station's data that no pack says: of these a resident hears only that they are on the screen. */
export function unsaidNames(view: VoiceView, page: Language): readonly Prompt[] {
  const said = new Set(
    view.packs.flatMap(({ manifest, clips }) => (manifest.page === page ? clips.map(clipName) : [])),
  );
  return view.names[page].filter(({ clip }) => !said.has(clip));
}

/** Languages of the pages in which the station says nothing at all. */
export function silentIn(view: VoiceView): readonly Language[] {
  return (["zh-CN", "en"] as const).filter((page) =>
    view.speaks[page].every((id) =>
      view.packs.every(({ manifest, clips }) => manifest.id !== id || clips.length === 0),
    ),
  );
}
