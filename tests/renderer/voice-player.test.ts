import { beforeEach, describe, expect, test } from "vitest";
import type { VoiceView } from "../../core/contract/technician-voice.ts";
import { promptsOf } from "../../core/voice/prompts.ts";
import { lateVoice } from "../../renderer/kiosk/voice/late-voice.ts";
import { createPlayer, gains, type Player } from "../../renderer/kiosk/voice/player.ts";
import { fakeVoice } from "./fake-voice.ts";

/** One sound that was handed to the loudspeaker: which clip, from when to when, and whether it was cut off. */
interface Sound {
  readonly clip: string;
  readonly from: number;
  readonly to: number;
  stopped: boolean;
}

/** Web Audio at its edge: time stands still, a clip lasts as long as its name is long. */
class FakeAudio {
  currentTime = 0;
  state = "running";
  readonly destination = {};
  readonly sounds: Sound[] = [];
  readonly gain = { value: 1 };
  made = 0;
  resume = () => Promise.resolve();
  createGain = () => ({ gain: this.gain, connect: () => undefined });
  decodeAudioData = (bytes: ArrayBuffer) => {
    const clip = new TextDecoder().decode(bytes);
    return Promise.resolve({ clip, duration: clip.length });
  };
  createBufferSource = () => {
    const source = {
      buffer: { clip: "", duration: 0 },
      onended: () => undefined,
      connect: () => undefined,
      disconnect: () => undefined,
      start: (from: number) => {
        sound = { clip: source.buffer.clip, from, to: from + source.buffer.duration, stopped: false };
        this.sounds.push(sound);
      },
      stop: () => {
        if (sound) sound.stopped = true;
      },
    };
    let sound: Sound | undefined;
    return source;
  };
}

const clipsFor = (page: "zh-CN" | "en") => promptsOf(page).map(({ clip }) => `${clip}.ogg`);
const whole = (): VoiceView => {
  const view = fakeVoice().source.value;
  if (view === undefined) throw new Error("no view");
  return { ...view, packs: view.packs.map((pack) => ({ ...pack, clips: clipsFor(pack.manifest.page) })) };
};

let audio: FakeAudio;
let asked: string[];
let said: (readonly string[])[];
let voiced: (readonly string[])[];
let broken: RegExp | undefined;
let player: Player;
beforeEach(() => {
  audio = new FakeAudio();
  [asked, said, voiced, broken] = [[], [], [], undefined];
  player = createPlayer({
    context: () => {
      audio.made++;
      return audio as unknown as AudioContext;
    },
    fetch: (address) => {
      asked.push(address);
      const clip = /([^/]+)[.]ogg[?]/u.exec(address)?.[1] ?? "";
      return broken?.test(clip) === true
        ? Promise.reject(new Error(clip))
        : Promise.resolve(new TextEncoder().encode(clip).buffer);
    },
    said: (keys, heard) => {
      said.push(keys);
      voiced.push(heard);
    },
  });
  player.use(whole());
});

/** Everything that is ready has been handed over. */
const settled = () => new Promise((done) => setImmediate(done));
const heard = () => audio.sounds.filter(({ stopped }) => !stopped).map(({ clip }) => clip);
const pressure = [{ key: "bp.normal", values: { v: "118/76" } }] as const;

test("clips come from the pack of the page's language, at the page's own origin", async () => {
  player.say([{ key: "prep.rest" }]);
  await settled();
  expect(asked).toEqual(["/voice/mandarin/prep.rest.0.ogg?1"]);
});

test("a sentence with a number is said without a gap between its clips", async () => {
  player.say(pressure);
  await settled();
  expect(heard()).toEqual([
    "bp.normal.0",
    ...["number.1", "number.hundred", "number.1", "number.ten", "number.8"],
    ...["number.7", "number.ten", "number.6", "bp.normal.1"],
  ]);
  const gaps = audio.sounds
    .slice(1)
    .map(({ from }, index) => Number((from - (audio.sounds[index]?.to ?? 0)).toFixed(3)));
  // The slash is a short silence.
  expect(gaps).toEqual([0, 0, 0, 0, 0, 0.18, 0, 0, 0]);
});

test("the next prompt cuts off the one before", async () => {
  player.say([{ key: "prep.rest" }, { key: "prep.quiet" }]);
  await settled();
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect(heard()).toEqual(["sx.ask.0"]);
});

test("a prompt whose clips come late is not said after the next one", async () => {
  player.say([{ key: "prep.rest" }]);
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect(audio.sounds.map(({ clip }) => clip)).toEqual(["sx.ask.0"]);
});

test("stop stops, repeat says it once more", async () => {
  player.say([{ key: "prep.rest" }]);
  await settled();
  player.stop();
  expect(heard()).toEqual([]);
  player.repeat();
  await settled();
  expect(heard()).toEqual(["prep.rest.0"]);
});

describe("while a pressure is taken", () => {
  test("what is being said stops, and nothing is said or queued", async () => {
    player.say([{ key: "prep.rest" }]);
    await settled();
    const release = player.hold();
    player.say([{ key: "sx.ask" }]);
    player.repeat();
    await settled();
    release();
    await settled();
    expect([heard(), said]).toEqual([[], [["prep.rest"]]]);
  });
  test("a hold inside a hold ends with the last, and each only once", async () => {
    const [outer, inner] = [player.hold(), player.hold()];
    inner();
    inner();
    player.say([{ key: "sx.ask" }]);
    await settled();
    expect(heard()).toEqual([]);
    outer();
    player.say([{ key: "sx.ask" }]);
    await settled();
    expect(heard()).toEqual(["sx.ask.0"]);
  });
});

test("louder goes up in steps and back to normal", () => {
  player.say([{ key: "sx.ask" }]);
  const steps = gains.map(() => {
    player.louder();
    return audio.gain.value;
  });
  expect(steps).toEqual([gains[1], gains[2], gains[0]]);
});

test("the next person begins at normal, with nothing to repeat and nothing held of what was read out", async () => {
  player.say(pressure);
  await settled();
  player.louder();
  player.reset();
  player.repeat();
  await settled();
  expect([heard(), audio.gain.value]).toEqual([[], gains[0]]);
  const before = asked.length;
  player.say(pressure);
  await settled();
  expect(asked.length - before).toBe(new Set(heard()).size);
});

test("another language stops what is being said, and speaks from its own pack", async () => {
  player.say([{ key: "prep.rest" }]);
  await settled();
  player.speakIn("en");
  expect(heard()).toEqual([]);
  player.say([{ key: "prep.rest" }]);
  await settled();
  expect(asked.at(-1)).toBe("/voice/english/prep.rest.0.ogg?1");
});

test("a clip is fetched once, and again when it was replaced", async () => {
  player.say([{ key: "sx.ask" }]);
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect(asked).toHaveLength(1);
  const view = whole();
  player.use({ ...view, packs: view.packs.map((pack) => ({ ...pack, version: 2 })) });
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect(asked).toEqual(["/voice/mandarin/sx.ask.0.ogg?1", "/voice/mandarin/sx.ask.0.ogg?2"]);
});

test("a clip that cannot be had is left out, and asked for again the next time", async () => {
  broken = /sx[.]ask/u;
  player.say([{ key: "sx.ask" }, { key: "prep.rest" }]);
  await settled();
  expect(heard()).toEqual(["prep.rest.0"]);
  broken = undefined;
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect(heard()).toEqual(["sx.ask.0"]);
});

test("what a dialect pack does not have, the next pack says as a whole", async () => {
  const view = whole();
  const [first] = view.packs;
  if (first === undefined) throw new Error("no pack");
  const dialect = {
    ...first,
    manifest: { ...first.manifest, id: "dialect" },
    clips: ["sx.ask.0.ogg", "bp.normal.0.ogg"],
  };
  player.use({
    ...view,
    packs: [...view.packs, dialect],
    speaks: { ...view.speaks, "zh-CN": ["dialect", "mandarin"] },
  });
  player.say([{ key: "sx.ask" }, ...pressure]);
  await settled();
  const packs = asked.map((address) => address.split("/")[2]);
  expect(packs[0]).toBe("dialect");
  expect(new Set(packs.slice(1))).toEqual(new Set(["mandarin"]));
});

test("tells which prompts were said by their keys; a value is never among them", () => {
  player.say([...pressure, { key: "ui.right_person", values: { name: "周秀芬" } }]);
  expect([said, voiced]).toEqual([[["bp.normal", "ui.right_person"]], [["bp.normal", "ui.right_person"]]]);
});

test("a station without clips is silent and still tells its prompts", async () => {
  const view = fakeVoice().source.value;
  if (view) player.use(view);
  player.say([{ key: "sx.ask" }]);
  await settled();
  expect([audio.made, said, voiced]).toEqual([0, [["sx.ask"]], [[]]]);
});

test("a page that may not sound is silent and goes on", async () => {
  const deaf = createPlayer({
    context: () => {
      throw new Error("no audio here");
    },
    fetch: () => Promise.reject(new Error("none")),
    said: () => undefined,
  });
  deaf.use(whole());
  expect(() => deaf.say([{ key: "sx.ask" }])).not.toThrow();
  await settled();
});

describe("before the player's code has come", () => {
  test("only the last prompt is said then, in the language of the page", async () => {
    const late = lateVoice(() => Promise.resolve(player));
    late.use(whole());
    late.speakIn("en");
    late.say([{ key: "prep.rest" }]);
    late.say([{ key: "sx.ask" }]);
    await settled();
    expect(asked).toEqual(["/voice/english/sx.ask.0.ogg?1"]);
  });
  test("a hold begun before it lasts until it is released", async () => {
    const late = lateVoice(() => Promise.resolve(player));
    late.say([{ key: "prep.rest" }]);
    const release = late.hold();
    await settled();
    late.say([{ key: "sx.ask" }]);
    expect(said).toEqual([]);
    release();
    late.say([{ key: "sx.ask" }]);
    expect(said).toEqual([["sx.ask"]]);
  });
  test("code that could not be fetched is asked for again", async () => {
    let tries = 0;
    const late = lateVoice(() => (++tries === 1 ? Promise.reject(new Error("gone")) : Promise.resolve(player)));
    late.say([{ key: "prep.rest" }]);
    await settled();
    late.say([{ key: "sx.ask" }]);
    await settled();
    expect([tries, said]).toEqual([2, [["sx.ask"]]]);
  });
});

describe("a prompt was heard", () => {
  const words = [{ key: "prep.rest" }, { key: "ui.right_person" }] as const;
  const toTheEnd = async () => {
    await settled();
    audio.currentTime = Math.max(...audio.sounds.map(({ to }) => to));
  };
  test("once its last word was said, whatever is said after it, until somebody else comes", async () => {
    player.say(words);
    await settled();
    expect(player.heard(words)).toBe(false);
    await toTheEnd();
    player.say([{ key: "sx.ask" }]);
    expect([player.heard(words), player.heard([{ key: "sx.ask" }])]).toEqual([true, false]);
    player.reset();
    expect(player.heard(words)).toBe(false);
  });
  test("not when it was cut off", async () => {
    player.say(words);
    await settled();
    player.stop();
    await toTheEnd();
    expect(player.heard(words)).toBe(false);
  });
  test("not while something is measured and the station keeps silent", async () => {
    const release = player.hold();
    player.say(words);
    await settled();
    audio.currentTime = 1_000;
    release();
    expect(player.heard(words)).toBe(false);
  });
  test("not when a pack lacks one of its sentences", async () => {
    const { packs, ...rest } = whole();
    player.use({
      ...rest,
      packs: packs.map((pack) => ({
        ...pack,
        clips: pack.clips.filter((clip) => !clip.startsWith("ui.right_person")),
      })),
    });
    player.say(words);
    await settled();
    audio.currentTime = 1_000;
    expect(player.heard(words)).toBe(false);
  });
  test("not when a clip could not be fetched", async () => {
    broken = /prep/u;
    player.say(words);
    await settled();
    audio.currentTime = 1_000;
    expect(player.heard(words)).toBe(false);
  });
  test("not where the page may not sound: its clock stands still", async () => {
    player.say(words);
    await settled();
    expect(player.heard(words)).toBe(false);
  });
});

describe("names of the place's own data", () => {
  const drug = { key: "kiosk.name.drug", clip: "drug.amlodipine-5.0a1b2c3d" } as const;
  const line = (n: number) => ({ key: "kiosk.name.rest", clip: `line.0000000${n}` }) as const;
  const withClips = (...clips: readonly string[]) => {
    const view = whole();
    player.use({
      ...view,
      packs: view.packs.map((pack) => ({ ...pack, clips: [...pack.clips, ...clips.map((clip) => `${clip}.ogg`)] })),
    });
  };

  test("are said by their own clip, and told to nobody but by their kind", async () => {
    withClips(drug.clip);
    player.say([drug, { key: "prep.rest" }]);
    await settled();
    expect(heard()).toEqual([drug.clip, "prep.rest.0"]);
    expect(said.at(-1)).toEqual(["drug", "prep.rest"]);
  });

  test("without a clip it is said that they are on the screen, once for several", async () => {
    withClips(line(2).clip);
    player.say([drug, line(1), line(2), line(3), { key: "prep.rest" }]);
    await settled();
    expect(heard()).toEqual(["kiosk.name.drug.0", "kiosk.name.rest.0", line(2).clip, "prep.rest.0"]);
    expect(said.at(-1)).toEqual(["kiosk.name.drug", "kiosk.name.rest", "line", "prep.rest"]);
  });

  test("come from the next pack where the chosen one lacks them", async () => {
    withClips(drug.clip);
    const view = whole();
    const [first] = view.packs;
    if (first === undefined) throw new Error("no pack");
    const dialect = { ...first, manifest: { ...first.manifest, id: "dialect" }, from: "own" as const };
    const named = { ...first, clips: [...first.clips, `${drug.clip}.ogg`] };
    player.use({ ...view, packs: [named, dialect], speaks: { ...view.speaks, "zh-CN": ["dialect", "mandarin"] } });
    player.say([drug, { key: "prep.rest" }]);
    await settled();
    expect(asked).toEqual([`/voice/mandarin/${drug.clip}.ogg?1`, "/voice/dialect/prep.rest.0.ogg?1"]);
  });
});
