import type { VoiceView } from "../../../core/contract/technician-voice.ts";
import type { Language } from "../../../core/i18n/message.ts";
import type { Player } from "./player.ts";
import type { Spoken } from "./voice.tsx";

/**
 * The player before its code has come: a resident's first screen does not wait for it. What was said meanwhile is said
 * when it is there, if it still holds; what it has to know it is told then.
 */
export function lateVoice(load: () => Promise<Player>): Player {
  let player: Player | undefined;
  let view: VoiceView | undefined;
  let language: Language | undefined;
  let waiting: readonly Spoken[] | undefined;
  const holding = new Set<{ release: (() => void) | undefined }>();
  let loading: Promise<void> | undefined;
  const begin = () => {
    loading ??= load().then(
      (come) => {
        if (language !== undefined) come.speakIn(language);
        if (view !== undefined) come.use(view);
        for (const one of holding) one.release = come.hold();
        player = come;
        if (waiting !== undefined) come.say(waiting);
        waiting = undefined;
      },
      () => {
        // The page's code could not be fetched: asked for again with the next sentence.
        loading = undefined;
      },
    );
  };
  return {
    say(sentences) {
      if (player !== undefined) return player.say(sentences);
      if (holding.size === 0) waiting = sentences;
      begin();
    },
    repeat: () => player?.repeat(),
    louder: () => player?.louder(),
    stop() {
      waiting = undefined;
      player?.stop();
    },
    hold() {
      waiting = undefined;
      const own = { release: player?.hold() };
      holding.add(own);
      return () => {
        holding.delete(own);
        own.release?.();
      };
    },
    heard: (sentences) => player?.heard(sentences) ?? false,
    reset() {
      waiting = undefined;
      player?.reset();
    },
    use(next) {
      view = next;
      player?.use(next);
    },
    speakIn(next) {
      if (next !== language) waiting = undefined;
      language = next;
      player?.speakIn(next);
    },
  };
}
