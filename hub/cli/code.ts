/**
 * `npm run code -- [account]… [--data <folder of the hub>]`: the second factor's codes of the demonstration's accounts, now and next; both are
 * good. Only for these accounts can anybody but the owner of an authenticator tell them.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { demoNames, demoSecret } from "../demo.ts";
import { codeAt } from "../http/second-factor.ts";
import { keyFile } from "../key-file.ts";
import { systemClock } from "../system-clock.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string", default: resolve(import.meta.dirname, "../../.data/hub") } },
});
const folder = values.data;
const key = existsSync(join(folder, "hub.key")) ? keyFile(folder) : undefined;
const unknown = positionals.find((name) => !demoNames.includes(name));
if (key === undefined) stop(`没有找到演示数据 / No demonstration data in ${folder}`);
else if (unknown !== undefined) stop(`没有这个演示账号 / No demonstration account ${unknown}: ${demoNames.join(", ")}`);
else {
  const now = systemClock.now();
  for (const account of positionals.length > 0 ? positionals : demoNames) {
    const secret = demoSecret(account, key);
    process.stdout.write(`${account.padEnd(12)} ${codeAt(secret, now)}   next ${codeAt(secret, now + 30_000)}\n`);
  }
}

function stop(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
