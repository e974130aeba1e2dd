import { parseArgs } from "node:util";
import type { Outcome } from "../../core/domain/outcome.ts";
import { decoder, toHex, type Profile } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { readCaptured } from "./captured-bytes.ts";
import { namedProfile } from "./profile-argument.ts";

/**
 * `npm run -s decode -- --profile <id or file.json> [file]`: what a device said, as JSON Lines, one outcome a line.
 * Reads hex text, a capture JSON or the bytes themselves, from the file or from standard input. Exit 0 when the input
 * was read, 2 for wrong usage, an unknown profile or input that is none of these.
 */
const usage = "Usage: npm run -s decode -- --profile <id | file.json> [file]\n";

/**
 * One line of output. Dropped bytes become lower-case hex; of a card and of a code it is only said what there is of them;
 * everything else is the outcome as it is.
 */
export function lineOf(outcome: Outcome): string {
  if (outcome.kind === "identity") return JSON.stringify({ kind: outcome.kind, fields: Object.keys(outcome.card) });
  if (outcome.kind === "scan") return JSON.stringify({ kind: outcome.kind, length: outcome.text.length });
  if (outcome.kind !== "discarded") return JSON.stringify(outcome);
  return JSON.stringify({ kind: outcome.kind, hex: toHex(outcome.bytes), reason: outcome.reason });
}

/** All lines for these runs of bytes; the line is taken to fall silent after each. */
export function decodeRuns(profile: Profile, runs: readonly Uint8Array[]): readonly string[] {
  const heard = decoder(profile);
  return runs.flatMap((run) => [...heard.hear(run), ...heard.flush()].map(lineOf));
}

function main(args: readonly string[]): number {
  const say = (text: string): number => {
    process.stderr.write(text);
    return 2;
  };
  let given;
  try {
    given = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { profile: { type: "string", short: "p" } },
    });
  } catch (error) {
    return say(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { profile: name } = given.values;
  const [file, ...more] = given.positionals;
  if (name === undefined || more.length > 0)
    return say(`${usage}Known profiles: ${registry.map(({ id }) => id).join(", ")}\n`);
  const found = namedProfile(name);
  if (!found.ok) return say(found.why);
  const { profile } = found;
  const captured = readCaptured(file === "-" ? undefined : file, profile.envelopes.host.kind === "label");
  if (!captured.ok) return say(`${captured.why}\n`);
  const lines = decodeRuns(profile, captured.runs);
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
