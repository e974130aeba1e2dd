import { createContext, useContext } from "react";
import type { SpokenKey } from "../../../core/voice/script.ts";

/** One sentence of the catalogue or of a fault, said aloud. Numbers in `values` are spelled from clips; what a pack cannot say is left out. */
export interface Spoken {
  readonly key: SpokenKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** A clip for a text of the place's own data, such as the name of a drug. Where no pack has it, the sentence is said instead, once. */
  readonly clip?: string;
}

/** The station's voice. Nothing of it throws; a station without a pack is silent and shows everything all the same. */
export interface Voice {
  /** Says it now, instead of what is being said. Remembered for `repeat`. */
  say(sentences: readonly Spoken[]): void;
  /** Once more what was said last. */
  repeat(): void;
  /** One step louder, from loudest back to normal. The next person begins at normal. */
  louder(): void;
  stop(): void;
  /** Silence while a pressure is taken: nothing is said until the answer is called. Calls may nest. */
  hold(): () => void;
  /** This prompt was said aloud from its first word to its last, since the person came. */
  heard(sentences: readonly Spoken[]): boolean;
  /** A new person: normal volume, nothing to repeat. */
  reset(): void;
}

const silent: Voice = {
  say: () => undefined,
  repeat: () => undefined,
  louder: () => undefined,
  stop: () => undefined,
  hold: () => () => undefined,
  heard: () => false,
  reset: () => undefined,
};

const VoiceContext = createContext<Voice>(silent);
export const VoiceProvider = VoiceContext.Provider;
export const useVoice = (): Voice => useContext(VoiceContext);
