import { mkdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { packageSchema, type ServicePackage } from "../../core/care/packages.ts";
import type { OfferKind } from "../../core/contract/technician-offers.ts";
import { hospitalSchema, hospitalsSchema, type Hospital } from "../../core/domain/hospitals.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Logger } from "../log/logger.ts";
import { codeOf, namesIn, readWhole, removeWhole, writeWhole } from "../profiles/folder.ts";
import { said, type ProfileProblem, type RefusedProfile } from "../profiles/refusal.ts";
import { because, mostOfferBytes, readOffer, type ReadOffer } from "./read-offer.ts";

/** What comes with the program, two folders up from here, both as this file and as the built program (`out/main`). */
const shippedFolder = resolve(import.meta.dirname, "../../resources");
/** The station's own: one file for the hospitals, whose order counts, and one for each package. */
const hospitalsFile = "hospitals.json";

export interface Offers {
  readonly packages: readonly ServicePackage[];
  readonly hospitals: readonly Hospital[];
}

export interface OfferShelfParts {
  /** The station's data folder: `services/*.json` and `hospitals.json` in it stand in the place of what is shipped. */
  readonly folder: string;
  /** Specimens of hospitals are shown at a simulated station alone. */
  readonly simulated: boolean;
  readonly log: Logger;
  /** What is in force may be another now. */
  readonly onLook?: () => void;
}

type WriteCode = Extract<FaultCode, "store.failed" | "store.full">;
export type OfferKept =
  | { readonly ok: true; readonly item: string; readonly name: string; readonly text: string }
  /** Nothing was written. */
  | { readonly ok: false; readonly refused: RefusedProfile }
  | { readonly ok: false; readonly code: WriteCode };
/** `name`: of what is gone; undefined: it was not there. */
export type OfferTaken =
  { readonly ok: true; readonly name: string | undefined } | { readonly ok: false; readonly code: WriteCode };

/** A package with the name of its file in the folder of packages. */
interface Filed {
  readonly file: string;
  readonly value: ServicePackage;
}
interface Own {
  readonly hospitals: readonly Hospital[];
  readonly packages: readonly Filed[];
}

const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Hospitals and packages of this station: what is shipped, and in its place what lies in the data folder. */
export class OfferShelf {
  readonly #parts: OfferShelfParts;
  readonly #services: string;
  #own: Own = { hospitals: [], packages: [] };
  #shipped: Offers = { hospitals: [], packages: [] };
  #refused: readonly RefusedProfile[] = [];
  /** One thing at a time: a look never sees half of a change. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: OfferShelfParts) {
    this.#parts = parts;
    this.#services = join(parts.folder, "services");
  }

  /** What is in force. */
  get offers(): Offers {
    const { hospitals, packages } = this.#own;
    return {
      hospitals: hospitals.length > 0 ? hospitals : this.#shipped.hospitals,
      packages: packages.length > 0 ? packages.map(({ value }) => value) : this.#shipped.packages,
    };
  }

  /** Whether what is in force is the station's own. */
  get isOwn(): Readonly<Record<OfferKind, boolean>> {
    return { hospital: this.#own.hospitals.length > 0, package: this.#own.packages.length > 0 };
  }

  get refused(): readonly RefusedProfile[] {
    return this.#refused;
  }

  /** Reads the files. Never fails: what is not there is none, and what does not fit is left out and told. */
  look(): Promise<void> {
    return this.#inTurn(() => this.#look());
  }

  keep(kind: OfferKind, text: string, first: boolean): Promise<OfferKept> {
    return this.#inTurn(async (): Promise<OfferKept> => {
      const bytes = Buffer.from(text);
      const read = kind === "hospital" ? readOffer(bytes, hospitalSchema) : readOffer(bytes, packageSchema);
      if (!read.ok) return { ok: false, refused: { file: kind, problems: read.problems } };
      // What happened in the folder meanwhile counts before what is kept now.
      await this.#look();
      const { id, name } = read.value;
      const written = await (kind === "hospital"
        ? this.#keepHospital(hospitalSchema.parse(read.value), first)
        : this.#keepPackage(packageSchema.parse(read.value)));
      if (!written.ok) return written;
      await this.#look();
      return { ok: true, item: id, name: name.zh, text: written.text };
    });
  }

  remove(kind: OfferKind, item: string): Promise<OfferTaken> {
    return this.#inTurn(async (): Promise<OfferTaken> => {
      await this.#look();
      const { hospitals, packages } = this.offers;
      const there = kind === "hospital" ? hospitals : packages;
      const gone = there.find(({ id }) => id === item);
      if (gone === undefined) return { ok: true, name: undefined };
      const done = await this.#written(async () => {
        if (kind === "hospital") await this.#writeHospitals(hospitals.filter(({ id }) => id !== item));
        else {
          await this.#takeOver(item);
          await removeWhole(this.#services, this.#fileOf(item));
        }
      });
      await this.#look();
      return done.ok ? { ok: true, name: gone.name.zh } : done;
    });
  }

  setAside(file: string): Promise<OfferTaken> {
    return this.#inTurn(async (): Promise<OfferTaken> => {
      // Only what was refused from its place: the name cannot lead out of the folder.
      if (!this.#refused.some((each) => each.file === file)) return { ok: true, name: undefined };
      const done = await this.#written(() => this.#aside(file));
      await this.#look();
      return done.ok ? { ok: true, name: file } : done;
    });
  }

  async #keepHospital(value: Hospital, first: boolean) {
    const before = this.offers.hospitals;
    const at = first ? 0 : before.findIndex(({ id }) => id === value.id);
    const others = before.filter(({ id }) => id !== value.id);
    const hospitals = others.toSpliced(at < 0 ? others.length : at, 0, value);
    const whole = hospitalsSchema.safeParse({ hospitals });
    if (!whole.success) {
      const problems = [{ path: "hospitals", reason: because("many", { n: before.length }) }];
      return { ok: false as const, refused: { file: hospitalsFile, problems } };
    }
    const done = await this.#written(() => this.#writeHospitals(hospitals));
    return done.ok ? { ok: true as const, text: textOf(value) } : done;
  }

  async #keepPackage(value: ServicePackage) {
    const text = textOf(value);
    const done = await this.#written(async () => {
      await this.#takeOver(value.id);
      const file = this.#fileOf(value.id);
      if (this.#refused.some((each) => each.file === `services/${file}`)) await this.#aside(`services/${file}`);
      await writeWhole(this.#services, file, text);
    });
    return done.ok ? { ok: true as const, text } : done;
  }

  /** An empty list is no file: then what is shipped is in force again. */
  async #writeHospitals(hospitals: readonly Hospital[]): Promise<void> {
    const { folder } = this.#parts;
    // Nobody loses what they wrote to the hand that writes over it.
    if (this.#refused.some(({ file }) => file === hospitalsFile)) await this.#aside(hospitalsFile);
    if (hospitals.length > 0) await writeWhole(folder, hospitalsFile, textOf({ hospitals }));
    else await removeWhole(folder, hospitalsFile);
  }

  /** The first package of the station's own would hide the shipped ones: those a resident sees now are kept beside it. */
  async #takeOver(except: string): Promise<void> {
    await mkdir(this.#services, { recursive: true, mode: 0o700 });
    if (this.#own.packages.length > 0) return;
    for (const one of this.#shipped.packages)
      if (one.id !== except) await writeWhole(this.#services, `${one.id}.json`, textOf(one));
  }

  #fileOf(item: string): string {
    return this.#own.packages.find(({ value }) => value.id === item)?.file ?? `${item}.json`;
  }

  async #aside(file: string): Promise<void> {
    await rename(join(this.#parts.folder, file), join(this.#parts.folder, `${file}.refused`));
  }

  async #written(work: () => Promise<void>): Promise<{ ok: true } | { ok: false; code: WriteCode }> {
    try {
      await work();
      return { ok: true };
    } catch (error) {
      const why = codeOf(error);
      this.#parts.log.error("services not kept", { why });
      return { ok: false, code: why === "ENOSPC" || why === "EDQUOT" ? "store.full" : "store.failed" };
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #look(): Promise<void> {
    const { folder, simulated, log } = this.#parts;
    const refused: RefusedProfile[] = [];
    const list = await read(folder, hospitalsFile, hospitalsSchema, refused);
    const packages = await packagesIn(folder, refused);
    // Until it fits again, what a file said last is in force.
    const bad = (name: string) => refused.some(({ file }) => file === name);
    const before = this.#own.packages.filter(({ file }) => bad(`services/${file}`));
    const ids = packages.map(({ value }) => value.id);
    this.#own = {
      hospitals: list?.hospitals ?? (bad(hospitalsFile) ? this.#own.hospitals : []),
      packages: [...packages, ...before.filter(({ value }) => !ids.includes(value.id))],
    };
    const specimens = simulated
      ? await read(join(shippedFolder, "hospitals"), "specimen.json", hospitalsSchema, refused)
      : undefined;
    this.#shipped = {
      hospitals: specimens?.hospitals ?? [],
      packages: (await packagesIn(shippedFolder, refused)).map(({ value }) => value),
    };
    const news = refused.filter(({ file }) => !this.#refused.some((each) => each.file === file));
    for (const { file, problems } of news)
      log.error("a file of services is not right", {
        code: "technician.badServices",
        of: file,
        why: problems.map(({ line, path, reason }) => `${line ?? ""} ${path ?? ""} ${reason.en}`).join("; "),
      });
    this.#refused = refused;
    this.#parts.onLook?.();
  }
}

async function packagesIn(folder: string, refused: RefusedProfile[]): Promise<readonly Filed[]> {
  const names = await namesIn(join(folder, "services"), ".json").catch(() => []);
  const packages: Filed[] = [];
  for (const name of names) {
    const file = `services/${name}`;
    const found = await readFile(folder, file, packageSchema);
    if (found === undefined) continue;
    if (!found.ok) {
      refused.push({ file, problems: found.problems });
      continue;
    }
    const { value, placeOf } = found;
    const twin = packages.find((each) => each.value.id === value.id);
    if (twin === undefined) packages.push({ file: name, value });
    else
      refused.push({
        file,
        problems: [{ ...placeOf("id"), path: "id", reason: because("twice", { id: value.id, file: twin.file }) }],
      });
  }
  return packages;
}

async function read<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  refused: RefusedProfile[],
): Promise<T | undefined> {
  const found = await readFile(folder, file, schema);
  if (found?.ok === false) refused.push({ file, problems: found.problems });
  return found?.ok === true ? found.value : undefined;
}

/** A file that is not there is undefined. */
async function readFile<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<ReadOffer<T> | undefined> {
  const found = await readWhole(folder, file, mostOfferBytes);
  if (found === undefined || "bytes" in found) return found && readOffer(found.bytes, schema);
  const values = found.cannot === "unreadable" ? { why: found.why } : { most: mostOfferBytes };
  const problems: readonly ProfileProblem[] = [{ reason: said(found.cannot, values) }];
  return { ok: false, problems };
}
