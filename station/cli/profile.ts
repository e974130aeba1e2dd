import { checkOne } from "./profile-check.ts";

/**
 * `npm run -s profile -- check <file.json | id>`: does it keep the schema and every law? Exit 0 when it is fit, 1 when not.
 */
const usage = "Usage: npm run -s profile -- check <file.json | id>\n";

function main(args: readonly string[]): number {
  const [what, target, ...more] = args;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (what === "check" && target !== undefined && more.length === 0) return checkOne(target, say) ? 0 : 1;
  process.stderr.write(usage);
  return 2;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
