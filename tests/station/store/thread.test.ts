import type { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../station/store/store.ts";
import { engineIn, keep, newFolder, started, storeIn } from "./kit.ts";

interface Thread {
  /** Undefined while it runs; 0 where it ended by itself, 1 where it was ended from outside. */
  endedWith: number | undefined;
}

/** The next thread this process begins. */
function nextThread(): Thread {
  const thread: Thread = { endedWith: undefined };
  const begun = (worker: Worker): void => void worker.once("exit", (code) => (thread.endedWith = code));
  process.once("worker", begun);
  onTestFinished(() => void process.off("worker", begun));
  return thread;
}

test("closing lets the database's thread end by itself, and waits for it", async () => {
  const thread = nextThread();
  const store = await storeIn(newFolder());
  await store.append([started()]);
  expect(thread.endedWith).toBeUndefined();
  await store.close();
  expect(thread.endedWith).toBe(0);
});

test("questions still asked when the store is closed are answered before its thread ends", async () => {
  const thread = nextThread();
  const store = await storeIn(newFolder());
  const asked = Promise.all([store.append([started()]), store.tail(0, 10), store.head()]);
  const closing = store.close();
  const [appended, tail, head] = await asked;
  await closing;
  expect([appended.ok, tail.length, head.seq, thread.endedWith]).toEqual([true, 1, 1, 0]);
});

test("a thread that could not open the database ends by itself, too", async () => {
  const folder = newFolder();
  const engine = engineIn(folder);
  keep(engine, started());
  engine.close();
  const thread = nextThread();
  expect(await openStore({ folder, key: new Uint8Array(32).fill(8) })).toEqual({ ok: false, code: "store.wrongKey" });
  expect(thread.endedWith).toBe(0);
});
