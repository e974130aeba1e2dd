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

/** Which prompts a pack does not have yet. */
export function missingIn({ manifest, clips }: Pick<VoicePack, "manifest" | "clips">): readonly Prompt[] {
  const there = new Set(clips.map(clipName));
  return promptsOf(manifest.page).filter(({ clip }) => !there.has(clip));
}

/** Languages of the pages in which the station says nothing at all. */
export function silentIn(view: VoiceView): readonly Language[] {
  return (["zh-CN", "en"] as const).filter((page) =>
    view.speaks[page].every((id) =>
      view.packs.every(({ manifest, clips }) => manifest.id !== id || clips.length === 0),
    ),
  );
}
