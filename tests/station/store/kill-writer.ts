import { writeSync } from "node:fs";
import { openStore } from "../../../station/store/store.ts";
import { entryFor, key, newId } from "./kill-entries.ts";

/**
 * A station that does nothing but write, until it is killed. Lines on standard output, each a single write that is in the
 * pipe before the next step begins: `open`, then for every entry `try <id>` before it is handed in and `ack <id>` after.
 * With a second argument it writes that many and ends by itself.
 */
const [folder, count = "Infinity"] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: kill-writer <folder> [count]");

/** The pipe is full while the reader is busy: wait for it, for a line that is only half said would be a wrong one. */
function say(line: string): void {
  for (let rest = Buffer.from(`${line}\n`); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

say("open");
const opened = await openStore({ folder, key, reserveBytes: 0 });
if (!opened.ok) throw new Error(opened.code);
for (let left = Number(count); left > 0; left--) {
  const id = newId();
  say(`try ${id}`);
  const answer = await opened.store.append([entryFor(id)]);
  if (!answer.ok) throw new Error(answer.code);
  say(`ack ${id}`);
}
await opened.store.close();
