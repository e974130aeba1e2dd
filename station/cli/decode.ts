import { parseArgs } from "node:util";
import type { Outcome } from "../../core/domain/outcome.ts";
import { decoder, toHex, type Profile } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { readCaptured, type TextOf } from "./captured-bytes.ts";
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
  return runs.flatMap((run) => [...heard.hear(onTheLine(profile, run)), ...heard.flush()].map(lineOf));
}

/** What the device ends its lines with, if it speaks text at all. */
export function textOf(profile: Profile): TextOf {
  const { host } = profile.envelopes;
  switch (host.kind) {
    case "binary":
      return undefined;
    case "label":
      return { lineEnd: "\n" };
    case "hl7":
      return { lineEnd: "\r" };
    default:
      return { lineEnd: "\r\n" };
  }
}

/** The marks that the line itself puts around a message, where a recording may lack them. */
const around: Readonly<Record<string, readonly [string, string]>> = { astm: ["\x05", "\x04"], hl7: ["\x0b", "\x1c\r"] };

/**
 * Recordings of analysers often hold the message alone, kept as text whose line ends somebody changed: what the line adds
 * is put back, so that the strict decoder of the live line can judge them.
 */
function onTheLine(profile: Profile, run: Uint8Array): Uint8Array {
  const { kind } = profile.envelopes.host;
  const marks = around[kind];
  if (marks === undefined || run.length === 0) return run;
  const text = Buffer.from(run).toString("latin1");
  // eslint-disable-next-line no-control-regex -- ETX and ETB with their checksum end a frame
  const ended = kind === "astm" ? text.replaceAll(/([\x03\x17][0-9A-Fa-f]{2})(?:\r\n|\r|\n|$)/g, "$1\r\n") : text;
  return Buffer.from(ended.includes(marks[0]) ? ended : `${marks[0]}${ended}${marks[1]}`, "latin1");
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
  const captured = readCaptured(file === "-" ? undefined : file, textOf(profile));
  if (!captured.ok) return say(`${captured.why}\n`);
  const lines = decodeRuns(profile, captured.runs);
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
