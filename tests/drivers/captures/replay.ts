import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { prove } from "../proof.ts";

/** What was recorded from real devices stays outside the repository; where the folder is absent the tests say so. */
export const folder = resolve(import.meta.dirname, "../../..", process.env["CAPTURES_DIR"] ?? "../shared/captures");
export const present = existsSync(folder);
if (!present) process.stdout.write(`SKIPPED: no captures at ${folder} (set CAPTURES_DIR)\n`);

export const text = (path: string): string => (present ? readFileSync(join(folder, path), "utf8") : "");
/** `absent`: what is answered where the folder is not there, since tables of cases are made before a test can be skipped. */
export function json<T>(path: string, absent: T = [] as T): T {
  return present ? (JSON.parse(text(path)) as T) : absent;
}

/** Everything that the device's profile makes of these bytes. */
export function outcomes(profile: string, ...hex: readonly string[]): readonly Outcome[] {
  const found = findProfile(profile);
  if (found === undefined) throw new Error(`no profile ${profile}`);
  const device = decoder(found);
  return [...hex.flatMap((each) => device.hear(fromHex(each))), ...device.flush()];
}

/** Counts a capture that was replayed, for the table behind the run. */
export function counter(profile: string): () => void {
  return () => prove(profile, { captures: 1 });
}

/** A line of text as the device sends it, one byte a character. */
export const hexOf = (line: string): string => Buffer.from(line, "latin1").toString("hex");
