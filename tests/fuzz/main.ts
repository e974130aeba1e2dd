import { parseArgs } from "node:util";
import { toHex } from "../../drivers/kit/index.ts";
import { namedProfile } from "../../station/cli/profile-argument.ts";
import { readCorpus, seedsOf, writeCorpus } from "./corpus.ts";
import { proves, rulesFor } from "./rules.ts";
import { search } from "./search.ts";

/**
 * `npm run fuzz -- <profile> <seconds> [--seed n]`: looks for bytes that break a rule of the decoder, led by the blocks
 * of the kit that they reach. What it keeps goes into `tests/fuzz/corpus`; exit 1 when a rule broke.
 */
const usage = "Usage: npm run fuzz -- <profile> <seconds> [--seed n]\n";

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seed: { type: "string", default: "1" } },
  });
  const [name, seconds] = positionals;
  const [seed, limit] = [Number(values.seed), Number(seconds)];
  if (name === undefined || !(limit > 0) || !Number.isInteger(seed)) {
    process.stderr.write(usage);
    return 2;
  }
  const found = namedProfile(name);
  if (!found.ok) {
    process.stderr.write(found.why);
    return 2;
  }
  const { profile } = found;
  const until = performance.now() + limit * 1_000;
  const { corpus, runs, reached, offence } = search({
    profile,
    rule: rulesFor(profile),
    seeds: seedsOf(profile),
    kept: readCorpus(profile.id),
    seed,
    goOn: () => performance.now() < until,
  });
  const kept = writeCorpus(profile.id, offence === undefined ? corpus : [...corpus, offence.bytes]);
  console.log(
    `${profile.id} (${proves(profile)}): ${runs} inputs, seed ${seed}; ${reached} characters of the kit reached; ${kept} inputs kept.`,
  );
  if (offence === undefined) return 0;
  console.log(`BROKEN by ${toHex(offence.bytes)}\n  ${offence.why}`);
  return 1;
}

process.exitCode = main(process.argv.slice(2));
