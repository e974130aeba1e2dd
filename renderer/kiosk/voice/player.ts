import type { VoiceView } from "../../../core/contract/technician-voice.ts";
import type { Language } from "../../../core/i18n/message.ts";
import { clipName } from "../../../core/voice/pack.ts";
import { utterance } from "../../../core/voice/script.ts";
import type { Spoken, Voice } from "./voice.tsx";

/** What the player stands on. */
export interface PlayerEdge {
  /** Made at the first sound. May throw: then nothing is heard. */
  readonly context: () => AudioContext;
  /** The bytes of a clip. May reject: then that clip is left out. */
  readonly fetch: (address: string) => Promise<ArrayBuffer>;
  /** Told of every prompt, by its keys alone. `voiced`: those that a pack has the clips for. */
  readonly said: (keys: readonly string[], voiced: readonly string[]) => void;
}

export interface Player extends Voice {
  /** The packs of the station, whenever they change. */
  use(view: VoiceView): void;
  /** The page is in this language now: what is being said in another one stops. */
  speakIn(language: Language): void;
}

/**
 * Steps of loudness: normal, then some 5 dB each. How loud that is in the room (at least 65 dB, and 20 dB above what is
 * around) is set at the amplifier when the station is put up.
 */
export const gains = [0.32, 0.57, 1] as const;
/** From one sentence to the next, seconds. */
const betweenSentences = 0.35;
/** Before the first sound, so that it is not cut off while the clip is handed over. */
const lead = 0.03;
/** Decoded sound that is held for the next time, seconds. A minute of it is some 11 MB. */
const heldSeconds = 60;

/** Clip to address, seconds of silence between. */
type Line = string | number;

/** `lines` undefined: no pack says it. */
interface SaidLines {
  readonly key: string;
  readonly lines: readonly Line[] | undefined;
}

interface Clips {
  readonly has: (clip: string) => boolean;
  readonly address: (clip: string) => string;
}

/** Speaks from clips by Web Audio: each begins on the sample where the one before ends. Never throws. */
export function createPlayer(edge: PlayerEdge): Player {
  let view: VoiceView | undefined;
  let clips: ReadonlyMap<string, Clips> = new Map();
  let language: Language = "zh-CN";
  let context: AudioContext | undefined;
  let volume: GainNode | undefined;
  let step = 0;
  let holds = 0;
  let last: readonly Spoken[] = [];
  /** Grows with everything that ends what is being said. */
  let turn = 0;
  let playing: AudioBufferSourceNode[] = [];
  /** A prompt that a pack has all of, and when its last sound ends on the clock of what sounds; that clock stands still without sound. */
  let whole: { readonly prompt: string; endsAt: number | undefined } | undefined;
  const heard = new Set<string>();
  const held = new Map<string, Promise<AudioBuffer | undefined>>();
  const lengths = new Map<string, number>();

  /** One sentence from the first pack that has all of it. */
  const soundsOf = (sentence: Spoken): readonly Line[] | undefined => {
    for (const id of view?.speaks[language] ?? []) {
      const pack = clips.get(id);
      const sounds = pack && utterance(language, sentence, pack.has);
      if (pack !== undefined && sounds !== undefined)
        return sounds.map((sound) => (typeof sound === "number" ? sound / 1000 : pack.address(sound)));
    }
    return undefined;
  };

  /** A text of the place's own data, from the first pack that has its clip. */
  const namedIn = ({ clip }: Spoken): readonly Line[] | undefined => {
    if (clip === undefined) return undefined;
    for (const id of view?.speaks[language] ?? []) {
      const pack = clips.get(id);
      if (pack?.has(clip) === true) return [pack.address(clip)];
    }
    return undefined;
  };

  /** Each with what is told of it: of a name its kind alone. What stands in the place of several names is said once. */
  const linesOf = (sentences: readonly Spoken[]) => {
    const instead = new Set<string>();
    return sentences.flatMap((sentence): readonly SaidLines[] => {
      const { key, clip = "" } = sentence;
      const name = namedIn(sentence);
      if (name !== undefined) return [{ key: clip.slice(0, clip.indexOf(".")), lines: name }];
      if (clip !== "" && instead.has(key)) return [];
      if (clip !== "") instead.add(key);
      return [{ key, lines: soundsOf(sentence) }];
    });
  };

  const output = (): { readonly context: AudioContext; readonly volume: GainNode } | undefined => {
    try {
      context ??= edge.context();
    } catch {
      return undefined;
    }
    if (volume === undefined) {
      volume = context.createGain();
      volume.gain.value = gains[step] ?? 1;
      volume.connect(context.destination);
    }
    // A page that nobody has touched yet may not sound; it may from the first touch on.
    if (context.state === "suspended") void context.resume().catch(() => undefined);
    return { context, volume };
  };

  const load = (into: AudioContext, address: string): Promise<AudioBuffer | undefined> => {
    const there = held.get(address);
    if (there !== undefined) {
      held.delete(address);
      held.set(address, there);
      return there;
    }
    const loaded = edge
      .fetch(address)
      .then((bytes) => into.decodeAudioData(bytes))
      .then(
        (buffer) => {
          lengths.set(address, buffer.duration);
          forgetOldest();
          return buffer;
        },
        () => {
          held.delete(address);
          return undefined;
        },
      );
    held.set(address, loaded);
    return loaded;
  };

  const forgetOldest = () => {
    let seconds = [...held.keys()].reduce((sum, address) => sum + (lengths.get(address) ?? 0), 0);
    for (const address of held.keys()) {
      if (seconds <= heldSeconds) return;
      seconds -= lengths.get(address) ?? 0;
      held.delete(address);
      lengths.delete(address);
    }
  };

  const settle = () => {
    if (whole?.endsAt !== undefined && context !== undefined && context.currentTime >= whole.endsAt)
      heard.add(whole.prompt);
  };

  const stop = () => {
    settle();
    whole = undefined;
    turn++;
    for (const source of playing) source.stop();
    playing = [];
  };

  const play = async (lines: readonly Line[]) => {
    const out = output();
    if (out === undefined) return;
    const own = turn;
    // All at once: what comes later is there when it is needed.
    const loads = lines.map((line) => (typeof line === "number" ? line : load(out.context, line)));
    let at = 0;
    let complete = true;
    for (const loading of loads) {
      const sound = await loading;
      if (own !== turn) return;
      if (sound === undefined) complete = false;
      at = Math.max(at, out.context.currentTime + lead);
      if (typeof sound === "number") at += sound;
      else if (sound !== undefined) {
        const source = out.context.createBufferSource();
        source.buffer = sound;
        source.connect(out.volume);
        source.onended = () => {
          source.disconnect();
          playing = playing.filter((one) => one !== source);
        };
        source.start(at);
        playing.push(source);
        at += sound.duration;
      }
    }
    if (complete && whole !== undefined) whole.endsAt = at;
  };

  const say = (sentences: readonly Spoken[]) => {
    if (holds > 0) return;
    stop();
    last = sentences;
    const spoken = linesOf(sentences);
    const voiced = spoken.filter(({ lines }) => lines !== undefined);
    edge.said(
      spoken.map(({ key }) => key),
      voiced.map(({ key }) => key),
    );
    const lines = voiced.flatMap(({ lines = [] }, index) => (index === 0 ? lines : [betweenSentences, ...lines]));
    if (voiced.length === spoken.length && lines.length > 0)
      whole = { prompt: JSON.stringify(sentences), endsAt: undefined };
    if (lines.length > 0) void play(lines);
  };

  const setStep = (to: number) => {
    step = to;
    if (volume !== undefined) volume.gain.value = gains[step] ?? 1;
  };

  return {
    say,
    stop,
    repeat: () => say(last),
    louder: () => setStep((step + 1) % gains.length),
    hold() {
      holds++;
      stop();
      let over = false;
      return () => {
        if (!over) holds--;
        over = true;
      };
    },
    heard(sentences) {
      settle();
      return heard.has(JSON.stringify(sentences));
    },
    reset() {
      stop();
      heard.clear();
      setStep(0);
      last = [];
      // Which numbers were read out is nobody's business.
      held.clear();
      lengths.clear();
    },
    use(next) {
      view = next;
      clips = new Map(next.packs.map((pack) => [pack.manifest.id, clipsOf(pack)]));
    },
    speakIn(next) {
      if (next === language) return;
      stop();
      language = next;
      last = [];
    },
  };
}

function clipsOf({ manifest, clips, version }: VoiceView["packs"][number]): Clips {
  const files = new Map(clips.map((file) => [clipName(file), file]));
  return {
    has: (clip) => files.has(clip),
    address: (clip) => `/voice/${manifest.id}/${files.get(clip) ?? ""}?${version}`,
  };
}

/** In a page: clips from its own origin, and `station-said` on the document for whoever tests it. Values never. */
export const pageEdge: PlayerEdge = {
  context: () => new AudioContext(),
  async fetch(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.arrayBuffer();
  },
  said: (keys, voiced) => document.dispatchEvent(new CustomEvent("station-said", { detail: { keys, voiced } })),
};
