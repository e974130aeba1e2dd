import { Worker } from "node:worker_threads";
import type { Clock } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { EngineOptions } from "./engine.ts";
import type { AppendAnswer } from "./journal.ts";
import type { StoreCode } from "./open.ts";
import type { Answers, Ask, Question, Reply, Started } from "./questions.ts";

export interface StoreOptions extends EngineOptions {
  /** Stamps entries at the moment they are handed in. */
  readonly clock?: Pick<Clock, "now" | "monotonic">;
}

/**
 * The station's journal and its views, on a thread of their own. Questions are answered in the order asked. A question that
 * meets a failing disk rejects with `StoreFault`; so does everything asked after `close`.
 */
export type Store = { readonly [K in Ask]: (...args: Parameters<Answers[K]>) => Promise<ReturnType<Answers[K]>> } & {
  /** The journal's owner: the station's id. */
  readonly owner: string;
  /** Ed25519, raw 32 bytes as base64url (`x` of an OKP JWK). */
  readonly publicKey: string;
  /**
   * Keeps all of `entries` in one durable transaction, views included, or none. The answer comes when they are on the disk.
   * An id that is kept already is answered with what is kept; the same id with other content is `wire.badInput`, as is a
   * body that does not fit its schema. `store.full`, `store.failed`: nothing was kept; trying again is safe.
   */
  append(entries: readonly NewEntry[]): Promise<AppendAnswer>;
  /** Keeps the signed head, closes the database and lets the folder go. */
  close(): Promise<void>;
};

export type StoreOpened =
  { readonly ok: true; readonly store: Store } | { readonly ok: false; readonly code: StoreCode };

export class StoreFault extends Error {
  readonly code: StoreCode;
  constructor(code: StoreCode) {
    super(code);
    this.code = code;
  }
}

/** The thread's program stands beside this one, as source in Node and as built by the bundler in Electron. */
const workerFile = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";

const systemClock = { now: () => Date.now(), monotonic: () => Math.round(performance.now() * 1_000) / 1_000 };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Codes: those of `openEngine`. The key goes to the thread's memory and nowhere else. */
export async function openStore(options: StoreOptions): Promise<StoreOpened> {
  const { clock = systemClock, ...engine } = options;
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    workerData: engine satisfies EngineOptions,
    execArgv: [],
    name: "store",
  });
  // Never ended from outside: that would cut off native code wherever it is. It ends by itself once it holds nothing more.
  const gone = new Promise<void>((resolve) => void worker.once("exit", () => resolve()));
  const started = await firstWord(worker);
  if (!started.ok) {
    await gone;
    return started;
  }
  return { ok: true, store: storeOn(worker, started, clock, gone) };
}

function firstWord(worker: Worker): Promise<Started> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => {
      reject(new StoreFault("store.failed"));
    });
  });
}

function storeOn(
  worker: Worker,
  { owner, publicKey }: Started & { readonly ok: true },
  clock: Pick<Clock, "now" | "monotonic">,
  gone: Promise<void>,
): Store {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let over: Error | undefined;

  const end = (error: Error) => {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  worker.on("error", end);
  worker.on("exit", () => {
    end(new StoreFault("store.failed"));
  });
  worker.on("message", (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.kind === "value") asked?.resolve(reply.value);
    else asked?.reject(reply.kind === "fault" ? new StoreFault(reply.code) : new Error(reply.message));
  });

  type Unnumbered = Question extends infer Q ? (Q extends Question ? Omit<Q, "id"> : never) : never;
  const send = (question: Unnumbered): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...question, id } satisfies Question);
    });
  // The thread answers `name` with what `Answers` says for it.
  const ask =
    <K extends Ask>(name: K) =>
    (...args: Parameters<Answers[K]>) =>
      send({ kind: "ask", ask: name, args }) as Promise<ReturnType<Answers[K]>>;

  let closed: Promise<void> | undefined;
  return {
    owner,
    publicKey,
    append: async (entries) => {
      try {
        const request = { entries, heardAt: clock.now(), monoMs: clock.monotonic() };
        return (await send({ kind: "append", request })) as AppendAnswer;
      } catch (error) {
        if (error instanceof StoreFault) return { ok: false, code: error.code };
        throw error;
      }
    },
    close: () => {
      const leave = () => {
        over ??= new StoreFault("store.failed");
        return gone;
      };
      closed ??= send({ kind: "close" }).then(leave, leave);
      return closed;
    },
    ready: ask("ready"),
    integrity: ask("integrity"),
    verify: ask("verify"),
    head: ask("head"),
    tail: ask("tail"),
    entry: ask("entry"),
    entriesOfVisit: ask("entriesOfVisit"),
    signHead: ask("signHead"),
    sign: ask("sign"),
    residents: ask("residents"),
    resident: ask("resident"),
    visit: ask("visit"),
    openVisits: ask("openVisits"),
    measurementsOf: ask("measurementsOf"),
    opinionsOf: ask("opinionsOf"),
    arrivedFor: ask("arrivedFor"),
    messagesFor: ask("messagesFor"),
    planMessageOf: ask("planMessageOf"),
    history: ask("history"),
    provenance: ask("provenance"),
    devices: ask("devices"),
    measuredOn: ask("measuredOn"),
    consultsOf: ask("consultsOf"),
    entriesBetween: ask("entriesBetween"),
    acts: ask("acts"),
    pinSecret: ask("pinSecret"),
    putPinSecret: ask("putPinSecret"),
    pinTried: ask("pinTried"),
    dropPinSecret: ask("dropPinSecret"),
    putMessage: ask("putMessage"),
    firstMessage: ask("firstMessage"),
    medicinesOf: ask("medicinesOf"),
    wishesOf: ask("wishesOf"),
    dropMessage: ask("dropMessage"),
    unclaimedOf: ask("unclaimedOf"),
    putCode: ask("putCode"),
    codesWaiting: ask("codesWaiting"),
    dropCode: ask("dropCode"),
    linkedTo: ask("linkedTo"),
    linksOf: ask("linksOf"),
    signOf: ask("signOf"),
    consentsOf: ask("consentsOf"),
    grantsAround: ask("grantsAround"),
    looksAt: ask("looksAt"),
    contractsOf: ask("contractsOf"),
    team: ask("team"),
    putTeam: ask("putTeam"),
    dutyPhone: ask("dutyPhone"),
    putDutyPhone: ask("putDutyPhone"),
    lastVisitOf: ask("lastVisitOf"),
    lookupSecret: ask("lookupSecret"),
    hubCursor: ask("hubCursor"),
    heldByHub: ask("heldByHub"),
    rebuild: ask("rebuild"),
    dumpViews: ask("dumpViews"),
  };
}
