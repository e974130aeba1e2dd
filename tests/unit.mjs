/**
 * `npm run test:unit`: Vitest over everything but the browser. A test process that a native module (the database, the hash,
 * the serial port) ends by a signal fails no test and proves none: its file is run once more, and that is said. A test
 * that fails is never run again.
 */
import { spawn } from "node:child_process";

const given = process.argv.slice(2);

/** Runs Vitest, shows what it says, and answers how it ended and which files lost their process. */
function run(files) {
  return new Promise((done) => {
    const child = spawn("vitest", ["run", ...files], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      from.on("data", (chunk) => {
        said += chunk.toString();
        to.write(chunk);
      });
    child.once("error", (error) => done({ code: 1, lost: [], failed: true, said: error.message }));
    child.once("close", (code) => {
      const words = said.replaceAll(/\u001b\[[0-9;]*m/g, "");
      const lost = [...words.matchAll(/exited unexpectedly with signal \w+ .*? test file (\S+)/g)].map(
        ([, file]) => file,
      );
      const errors = Number(/Errors\s+(\d+) error/.exec(words)?.[1] ?? 0);
      const failed =
        /Tests\s+\d+ failed/.test(words) || /Test Files\s+\d+ failed/.test(words) || errors !== lost.length;
      done({ code: code ?? 1, lost, failed });
    });
  });
}

/** Browsers that hold each other to a few seconds, and floods beside which others are timed: after all else, one at a time. */
const alone = ["rooms/werift", "rooms/janus", "floods", "seated"].map((name) => `tests/hub/${name}.test.ts`);

/** Answers the exit code; a file whose process was lost is run once more. */
async function proved(files) {
  const first = await run(files);
  if (first.code === 0 || first.failed || first.lost.length === 0) return first.code;
  process.stdout.write(`\nA native module ended the process of ${first.lost.join(", ")}. Run again, once:\n`);
  return (await run(first.lost)).code;
}

if (given.length > 0) process.exit(await proved(given));
const together = await proved(alone.flatMap((file) => ["--exclude", file]));
const apart = await proved(["--maxWorkers", "1", ...alone]);
process.exit(together === 0 ? apart : together);
