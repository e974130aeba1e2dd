import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { openEngine, type Engine, type EngineOptions } from "./engine.ts";
import { storeCode } from "./open.ts";
import { answersOf, type Question, type Reply, type Started } from "./questions.ts";

/**
 * The thread that owns the database. It empties its inbox before it works: appends that came in while a commit was under
 * way share the next one, and each is answered only after that commit is durable. Order is kept.
 */
if (parentPort === null) throw new Error("the store's worker runs in a worker thread");
const port = parentPort;

/** Quiet time before the write-ahead log is moved and the head kept. */
const settleMs = 500;

const opened = openEngine(workerData as EngineOptions);
if (opened.ok) {
  const { engine } = opened;
  serve(engine);
  port.postMessage({ ok: true, owner: engine.identity.owner, publicKey: engine.identity.publicKey } satisfies Started);
} else {
  port.postMessage({ ok: false, code: opened.code } satisfies Started);
}

function serve(engine: Engine): void {
  const answers = answersOf(engine);
  let settling: NodeJS.Timeout | undefined;
  let checking: NodeJS.Immediate | undefined;

  /** The whole chain is checked in slices between messages, so that nobody waits for it. */
  const check = () => {
    checking = attempt(() => engine.checkSlice()) ? setImmediate(check) : undefined;
  };

  const settle = () => {
    settling = undefined;
    attempt(() => engine.settle());
  };

  const answer = (question: Exclude<Question, Append>): Reply => {
    const { id } = question;
    try {
      if (question.kind === "close") {
        clearTimeout(settling);
        clearImmediate(checking);
        engine.close();
        return { kind: "value", id, value: undefined };
      }
      const answered = answers[question.ask] as (...args: readonly unknown[]) => unknown;
      return { kind: "value", id, value: answered(...question.args) };
    } catch (error) {
      return failure(id, error);
    }
  };

  port.on("message", (first: Question) => {
    const inbox = [first];
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port))
      inbox.push(more.message as Question);
    let appends: Append[] = [];
    const commit = () => {
      for (const reply of appendAll(engine, appends)) port.postMessage(reply);
      appends = [];
    };
    for (const question of inbox) {
      if (question.kind === "append") {
        appends.push(question);
        continue;
      }
      commit();
      port.postMessage(answer(question));
      if (question.kind === "close") {
        port.close();
        return;
      }
    }
    commit();
    settling ??= setTimeout(settle, settleMs);
  });
  checking = setImmediate(check);
}

type Append = Extract<Question, { kind: "append" }>;

function appendAll(engine: Engine, appends: readonly Append[]): readonly Reply[] {
  if (appends.length === 0) return [];
  try {
    const answers = engine.append(appends.map(({ request }) => request));
    return appends.map(({ id }, at) => ({ kind: "value", id, value: answers[at] }));
  } catch (error) {
    return appends.map(({ id }) => failure(id, error));
  }
}

function failure(id: number, error: unknown): Reply {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    return { kind: "fault", id, code: storeCode(error) };
  } catch {
    return { kind: "bug", id, message };
  }
}

/** Background work that meets a failing disk stops; whoever asks next hears of it. A bug is thrown on. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    storeCode(error);
    return undefined;
  }
}
