/** `npm run bench -- <name> [options]`: each bench prints ratios against a peer and a physical limit of the same run. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const [name, ...rest] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "main.ts")
  .map((file) => file.replace(/[.]ts$/, ""));
const file = `${import.meta.dirname}/${name ?? ""}.ts`;
if (name === undefined || !/^[a-z0-9-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write(`Usage: npm run bench -- <${names.join(" | ")}>\n`);
  process.exit(2);
}
process.exit(spawnSync(process.execPath, ["--expose-gc", file, ...rest], { stdio: "inherit" }).status ?? 1);
