import { findProfile } from "../../drivers/find-profile.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { checkOne } from "./profile-check.ts";
import { writeList, writeSheets } from "./profile-sheet.ts";

/**
 * `npm run -s profile -- check <file.json | id>`: does it keep the schema and every law? Exit 0 when it is fit, 1 when not.
 * `… -- sheet <id>` and `… -- sheet --all`: writes the sheets in `docs/devices` anew; what a person wrote there is kept.
 */
const usage = "Usage: npm run -s profile -- check <file.json | id> | sheet <id> | sheet --all\n";

function sheet(target: string, say: (line: string) => void): number {
  const named = findProfile(target);
  const profiles = target === "--all" ? registry : named === undefined ? [] : [named];
  if (profiles.length === 0) {
    say(`There is no profile ${target}. · 没有配置 ${target}。`);
    return 1;
  }
  const written = [...writeSheets(profiles), ...(target === "--all" ? writeList(registry) : [])];
  say(written.length === 0 ? "Every sheet is current." : `Written: ${written.join(", ")}`);
  return 0;
}

function main(args: readonly string[]): number {
  const [what, target, ...more] = args;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (target !== undefined && more.length === 0) {
    if (what === "check") return checkOne(target, say) ? 0 : 1;
    if (what === "sheet") return sheet(target, say);
  }
  process.stderr.write(usage);
  return 2;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
