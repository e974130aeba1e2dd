import { join, resolve } from "node:path";
import { z } from "zod";
import { packageSchema, type ServicePackage } from "../../core/care/packages.ts";
import { hospitalsSchema, type Hospital } from "../../core/domain/hospitals.ts";
import type { Logger } from "../log/logger.ts";
import { namesIn, readWhole } from "../profiles/folder.ts";

/** What comes with the program, two folders up from here, both as this file and as the built program (`out/main`). */
const shipped = resolve(import.meta.dirname, "../../resources");
const mostBytes = 256 * 1024;

export interface Offers {
  readonly packages: readonly ServicePackage[];
  readonly hospitals: readonly Hospital[];
}

/** A file that does not say what it should: left out, and told to who looks after the station. */
export interface BadFile {
  /** As it is called in its folder. */
  readonly name: string;
  readonly why: string;
}

interface From {
  /** The station's data folder: `services/*.json` and `hospitals.json` in it stand in the place of what is shipped. */
  readonly folder: string;
  /** Specimens of hospitals are shown at a simulated station alone. */
  readonly simulated: boolean;
  readonly log: Logger;
}

/** Read once, at the start of the station. A folder or file that is not there is none. */
export async function readOffers({
  folder,
  simulated,
  log,
}: From): Promise<Offers & { readonly bad: readonly BadFile[] }> {
  const bad: BadFile[] = [];
  const read = async <T>(at: string, name: string, schema: z.ZodType<T>): Promise<readonly T[]> => {
    const found = await readWhole(at, name, mostBytes);
    if (found === undefined) return [];
    const told = "cannot" in found ? ({ why: found.cannot } as const) : parsed(found.bytes, schema);
    if ("value" in told) return [told.value];
    bad.push({ name, why: told.why });
    return [];
  };
  const packagesIn = async (at: string): Promise<readonly ServicePackage[]> => {
    const names = await namesIn(at, ".json").catch(() => []);
    return (await Promise.all(names.map((name) => read(at, name, packageSchema)))).flat();
  };
  const own = await packagesIn(join(folder, "services"));
  const packages = own.length > 0 ? own : await packagesIn(join(shipped, "services"));
  const placed = await read(folder, "hospitals.json", hospitalsSchema);
  const specimen = simulated && placed.length === 0;
  const [list] = specimen ? await read(join(shipped, "hospitals"), "specimen.json", hospitalsSchema) : placed;
  for (const { name, why } of bad)
    log.error("a file of services is not right", { code: "technician.badServices", of: name, why });
  return { packages, hospitals: list?.hospitals ?? [], bad };
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>): { readonly value: T } | { readonly why: string } {
  try {
    const read = schema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    return read.success ? { value: read.data } : { why: z.prettifyError(read.error) };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
