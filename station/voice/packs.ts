import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { mostClipBytes, type VoicePack, type VoiceView } from "../../core/contract/technician-voice.ts";
import { languages, type Language } from "../../core/i18n/message.ts";
import { clipFileSchema, clipName, manifestSchema, packIdSchema, type Manifest } from "../../core/voice/pack.ts";
import type { NamedThings } from "../../core/voice/names.ts";
import { namePrompts, promptsOf } from "../../core/voice/prompts.ts";
import { Feed } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import { codeOf, writeWhole } from "../profiles/folder.ts";
import type { Answer } from "../visits/visits.ts";

export type VoiceCode = "technician.noVoice" | "technician.badClip" | "store.failed" | "store.full";
type Kept<C extends VoiceCode> = Promise<Answer<void, C | "store.failed" | "store.full">>;

/** Beside the packs: which one speaks first. */
const chosenFile = "chosen.json";
const chosenSchema = z.partialRecord(z.enum(languages), packIdSchema);
type Chosen = z.infer<typeof chosenSchema>;

export interface VoiceParts {
  /** Packs that come with the program. */
  readonly shipped: string;
  /** Packs of the station; made when the first one is. */
  readonly own: string;
  /** What the station's data name, and is said by clips of its own. */
  readonly names: () => NamedThings;
  readonly log: Logger;
}

/** How sounds begin: Ogg, EBML (WebM), RIFF (WAV), ID3 or a frame of MPEG audio, `ftyp` (MP4). */
const beginnings: readonly (readonly [offset: number, bytes: readonly number[]])[] = [
  [0, [0x4f, 0x67, 0x67, 0x53]],
  [0, [0x1a, 0x45, 0xdf, 0xa3]],
  [0, [0x52, 0x49, 0x46, 0x46]],
  [0, [0x49, 0x44, 0x33]],
  [0, [0xff, 0xfb]],
  [4, [0x66, 0x74, 0x79, 0x70]],
];
const isSound = (bytes: Uint8Array): boolean =>
  bytes.length <= mostClipBytes &&
  beginnings.some(([offset, start]) => start.every((byte, index) => bytes[offset + index] === byte));

const nothing: VoiceView = { packs: [], speaks: { "zh-CN": [], en: [] }, names: { "zh-CN": [], en: [] } };

/** The voice packs of a station. Read at the start and after every change made here; told to whoever watches. */
export class VoicePacks {
  readonly #parts: VoiceParts;
  readonly #feed = new Feed<VoiceView>(nothing);
  #view: VoiceView = nothing;
  #version = 0;
  /** One change after the other: each reads what the one before left. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: VoiceParts) {
    this.#parts = parts;
  }

  /** Never rejects: a folder that cannot be read is a station without that voice. */
  async begin(): Promise<void> {
    await this.#look();
  }

  view(): VoiceView {
    return this.#view;
  }

  watch(signal: AbortSignal | undefined) {
    return this.#feed.read(signal);
  }

  close(): void {
    this.#feed.close();
  }

  describe(manifest: Manifest): Kept<"technician.noVoice"> {
    return this.#change(async () => {
      if (this.#pack(manifest.id)?.from === "shipped") return { ok: false, code: "technician.noVoice" };
      const folder = join(this.#parts.own, manifest.id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(folder, "manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
      return { ok: true, value: undefined };
    });
  }

  keep(id: string, file: string, bytes: Uint8Array): Kept<"technician.noVoice" | "technician.badClip"> {
    return this.#change(async () => {
      const pack = this.#pack(id);
      if (pack?.from !== "own") return { ok: false, code: "technician.noVoice" };
      const clip = clipName(file);
      const { page } = pack.manifest;
      const asked = [...promptsOf(page), ...this.#view.names[page]].some((prompt) => prompt.clip === clip);
      if (!asked || !isSound(bytes)) return { ok: false, code: "technician.badClip" };
      const folder = join(this.#parts.own, id);
      await writeBytes(folder, file, bytes);
      // The same words in another coding: the new one counts.
      for (const other of pack.clips)
        if (other !== file && clipName(other) === clip) await rm(join(folder, other), { force: true });
      return { ok: true, value: undefined };
    });
  }

  choose(page: Language, id: string): Kept<"technician.noVoice"> {
    return this.#change(async () => {
      if (this.#pack(id)?.manifest.page !== page) return { ok: false, code: "technician.noVoice" };
      await mkdir(this.#parts.own, { recursive: true, mode: 0o700 });
      const chosen: Chosen = { ...(await this.#chosen()), [page]: id };
      await writeWhole(this.#parts.own, chosenFile, `${JSON.stringify(chosen)}\n`);
      return { ok: true, value: undefined };
    });
  }

  /** Drugs, packages or hospitals are others now. */
  renamed(): void {
    this.#view = { ...this.#view, names: this.#names() };
    this.#feed.set(this.#view);
  }

  #names(): VoiceView["names"] {
    const things = this.#parts.names();
    return { "zh-CN": [...namePrompts("zh-CN", things)], en: [...namePrompts("en", things)] };
  }

  #pack(id: string): VoicePack | undefined {
    return this.#view.packs.find(({ manifest }) => manifest.id === id);
  }

  #change<C extends VoiceCode>(work: () => Promise<Answer<void, C>>): Kept<C> {
    const done = this.#line.then(async (): Promise<Answer<void, C | "store.failed" | "store.full">> => {
      try {
        const answer = await work();
        if (answer.ok) await this.#look();
        return answer;
      } catch (error) {
        if (!(error instanceof Error && "code" in error)) throw error;
        return { ok: false, code: /^(?:ENOSPC|EDQUOT)$/u.test(codeOf(error)) ? "store.full" : "store.failed" };
      }
    });
    this.#line = done.catch(() => undefined);
    return done;
  }

  async #look(): Promise<void> {
    const { shipped, own } = this.#parts;
    const version = ++this.#version;
    const first = await this.#packsIn(shipped, "shipped", version);
    const taken = new Set(first.map(({ manifest }) => manifest.id));
    const second = (await this.#packsIn(own, "own", version)).filter(({ manifest }) => !taken.has(manifest.id));
    const packs = [...first, ...second];
    const chosen = await this.#chosen();
    const speaking = (page: Language) => {
      const ids = packs.filter(({ manifest }) => manifest.page === page).map(({ manifest }) => manifest.id);
      const lead = chosen[page];
      return lead !== undefined && ids.includes(lead) ? [lead, ...ids.filter((each) => each !== lead)] : ids;
    };
    this.#view = { packs, speaks: { "zh-CN": speaking("zh-CN"), en: speaking("en") }, names: this.#names() };
    this.#feed.set(this.#view);
  }

  async #packsIn(folder: string, from: VoicePack["from"], version: number): Promise<readonly VoicePack[]> {
    const names = (await readdir(folder).catch(() => [])).filter((name) => packIdSchema.safeParse(name).success).sort();
    const packs = await Promise.all(
      names.map(async (name): Promise<readonly VoicePack[]> => {
        const manifest = await this.#manifestIn(join(folder, name), name);
        if (manifest === undefined) return [];
        const files = await readdir(join(folder, name)).catch(() => []);
        const clips = files.filter((file) => clipFileSchema.safeParse(file).success).sort();
        return [{ manifest, from, clips, version }];
      }),
    );
    return packs.flat();
  }

  /** A pack that does not say what it is does not speak; the log says which. */
  async #manifestIn(folder: string, name: string): Promise<Manifest | undefined> {
    try {
      const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")));
      if (manifest.id === name) return manifest;
    } catch {
      // Not there, not readable, not a manifest: all the same to a pack.
    }
    this.#parts.log.warn("voice pack refused", { why: name });
    return undefined;
  }

  async #chosen(): Promise<Chosen> {
    try {
      return chosenSchema.parse(JSON.parse(await readFile(join(this.#parts.own, chosenFile), "utf8")));
    } catch {
      // Nobody chose yet.
      return {};
    }
  }
}

/** There whole or not at all. A clip that a power cut takes is recorded again: its name need not be durable. */
async function writeBytes(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const beside = join(folder, `.${name}.new`);
  const file = await open(beside, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(folder, name));
}
