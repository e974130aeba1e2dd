import { generateKeyPairSync, hash as hashOf, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { importJWK, jwtVerify } from "jose";
import { WebSocketServer, type WebSocket } from "ws";
import { hubContract } from "../../../core/contract/hub.ts";
import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { CallView, RingsBack } from "../../../core/contract/hub-calls.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import { emptyHead, entryAfter } from "../../../core/journal/append.ts";
import { firstBreak, genesisHash, headText } from "../../../core/journal/chain.ts";
import type { Entry, NewEntry } from "../../../core/journal/entry.ts";
import { isWithheld, type Shipped } from "../../../core/journal/withheld.ts";
import { Feed, Story } from "../../../station/feed.ts";
import { sha256 } from "../../../station/store/identity.ts";
import { fakeTalk, inTurns } from "../../fake-talk.ts";

interface FakeCall {
  readonly view: Feed<CallView>;
  readonly toStation: Story<Signal>;
  readonly fromStation: SignalBody[];
  /** By the name of a counting. */
  readonly heard: Map<string, number>;
  joins: number;
  left: boolean;
}

interface FakeBlob {
  readonly bytes: number;
  readonly hash: string;
  content: Buffer;
  whole: boolean;
}

/** What is cut, and when: the line breaks before the hub has done it, or after it has and before it could say so. */
export type Cut = "before" | "after";

/** Speaks `hubContract` over a real socket, remembers everything over its own restarts, and breaks lines on demand. */
export class FakeHub {
  readonly id = "hub-1";
  readonly held: Shipped[] = [];
  readonly calls = new Map<string, FakeCall>();
  readonly asked: string[] = [];
  /** Stored calls as they were asked for. */
  readonly stored = new Map<string, { readonly mode?: string | undefined; readonly visit: string }>();
  readonly blobs = new Map<string, FakeBlob>();
  /** Pictures and notes of calls, as they are told. */
  readonly notes = new Feed<BlobState[]>([]);
  /** Doctors who would like to speak again, and what the station answered. */
  readonly ringBacks = new Feed<RingsBack[]>([]);
  readonly notNow: { readonly call: string; readonly why: string }[] = [];
  /** Notes that the station told as heard. */
  readonly heard: string[] = [];
  readonly refusals: string[] = [];
  /** From where signals were asked for, each time. */
  readonly signalsAfter: number[] = [];
  enrolCode = "CODE-1";
  /** Breaks the line at the next call of this name. */
  cutAt: { readonly call: string; readonly when: Cut } | undefined;
  /** Holds answers back: a line that has gone dead without closing. */
  mute = false;
  clockAheadMs = 0;
  /** What enrolment answers as the hub's key, if not its own. */
  saysKey: string | undefined;
  nowMs: () => number = () => Date.now();
  readonly #inbox = new Story<Entry>();
  #head = emptyHead("hub-1");
  readonly #keys = generateKeyPairSync("ed25519");
  #station: { readonly id: string; readonly publicKey: string } | undefined;
  #server: Server | undefined;
  #sockets: WebSocketServer | undefined;
  #port = 0;

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#keys.privateKey).toString("base64url");
  }

  get publicKey(): string {
    return this.#keys.publicKey.export({ format: "jwk" }).x ?? "";
  }

  get lines(): number {
    return this.#sockets?.clients.size ?? 0;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const answer = request.method === "GET" ? this.#health() : this.#enrol(request);
      void answer.then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    });
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
    server.on("upgrade", (request: IncomingMessage, stream, head: Buffer) => {
      void this.#knows(request).then((known) => {
        if (known) {
          sockets.handleUpgrade(request, stream, head, (socket) => this.#serve(socket));
          return;
        }
        const date = new Date(this.nowMs() + this.clockAheadMs).toUTCString();
        stream.end(`HTTP/1.1 401 Unauthorized\r\nDate: ${date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      });
    });
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** As a killed process: every line is gone at once. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise((done) => server.close(done));
    this.cutLines();
    server.closeAllConnections();
    await closed;
  }

  /** As after a lost disk: nobody is enrolled, nothing is held. */
  forget(): void {
    this.#station = undefined;
    this.held.length = 0;
  }

  cutLines(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  /** Writes to the hub's own journal, addressed to the station. */
  write(entry: NewEntry): Entry {
    const next = entryAfter(this.#head, entry, { heardAt: this.nowMs(), monoMs: 0 }, sha256);
    this.#head = { owner: next.owner, seq: next.seq, hash: next.hash };
    this.#inbox.push(next);
    return next;
  }

  /** Hands an entry out as it is. */
  pushRaw(entry: Entry): void {
    this.#inbox.push(entry);
  }

  show(call: string, change: Partial<CallView>): void {
    const { view } = this.call(call);
    view.set({ ...view.value, ...change });
  }

  signal(call: string, body: SignalBody): void {
    const { toStation } = this.call(call);
    toStation.push({ seq: toStation.events.length + 1, body });
  }

  call(call: string): FakeCall {
    const found = this.calls.get(call);
    if (found === undefined) throw new Error("the hub does not know this call");
    return found;
  }

  async #health(): Promise<{ readonly status: number; readonly body: object }> {
    this.asked.push("health");
    return {
      status: 200,
      body: { ok: true, hub: this.id, now: new Date(this.nowMs() + this.clockAheadMs).toISOString() },
    };
  }

  async #enrol(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    let text = "";
    for await (const part of request) text += String(part);
    const { code, station, publicKey } = JSON.parse(text) as Record<string, string>;
    this.asked.push("enrol");
    if (code !== this.enrolCode || station === undefined || publicKey === undefined)
      return { status: 409, body: { code: "station.enrolCode" } };
    this.#station = { id: station, publicKey };
    return { status: 200, body: { hub: this.id, hubPublicKey: this.saysKey ?? this.publicKey } };
  }

  async #knows(request: IncomingMessage): Promise<boolean> {
    try {
      if (this.#station === undefined) throw new Error("nobody is enrolled");
      const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: this.#station.publicKey }, "EdDSA");
      const token = (request.headers.authorization ?? "").replace("Bearer ", "");
      await jwtVerify(token, key, {
        issuer: this.#station.id,
        audience: "hub",
        maxTokenAge: 60,
        requiredClaims: ["exp", "iat"],
        currentDate: new Date(this.nowMs() + this.clockAheadMs),
      });
      return true;
    } catch (error) {
      this.refusals.push(error instanceof Error ? error.message : "?");
      return false;
    }
  }

  #serve(socket: WebSocket): void {
    socket.on("error", () => undefined);
    const reply = socket.send.bind(socket) as (data: string) => void;
    const pong = socket.pong.bind(socket);
    socket.send = ((data: string) => {
      if (!this.mute) reply(data);
    }) as typeof socket.send;
    socket.pong = ((...args: Parameters<typeof pong>) => {
      if (!this.mute) pong(...args);
    }) as typeof socket.pong;
    // The library's server passes over an item that comes in the same turn as the call it belongs to.
    const emit = socket.emit.bind(socket);
    socket.emit = (name: string, ...given: readonly unknown[]) => {
      if (name !== "message") return emit(name, ...given);
      setImmediate(() => emit(name, ...given));
      return true;
    };
    void new RPCHandler(this.#router(socket)).upgrade(inTurns(socket), { context: {} });
  }

  #router(socket: WebSocket) {
    const os = implement(hubContract);
    /** Notes the call, and cuts the line around it if that was asked for. */
    const step = async <T>(call: string, work: () => T): Promise<T> => {
      this.asked.push(call);
      const cut = this.cutAt?.call === call ? this.cutAt.when : undefined;
      if (cut !== undefined) this.cutAt = undefined;
      if (cut === "before") {
        socket.terminate();
        throw new Error("cut");
      }
      const done = work();
      if (cut === "after") {
        socket.terminate();
        throw new Error("cut");
      }
      return done;
    };
    // Only what a station asks for.
    return {
      journal: {
        held: os.journal.held.handler(() => step("held", () => this.#heldHead())),
        ship: os.journal.ship.handler(({ input, errors }) =>
          step("ship", () => {
            const head = this.#heldHead();
            const fresh = input.entries.filter((entry) => entry.seq > head.seq);
            const broken = firstBreak(fresh, { ...head, owner: this.#station?.id ?? "" }, sha256);
            if (broken) throw errors.FAULT({ data: { code: "store.broken" } });
            this.held.push(...fresh);
            const after = this.#heldHead();
            const text = headText(this.#station?.id ?? "", after.seq, after.hash);
            return {
              ...after,
              hub: this.id,
              signature: this.sign(text),
            };
          }),
        ),
        withheld: os.journal.withheld.handler(({ input }) =>
          step("withheld", () => ({
            seqs: this.held.filter((one) => isWithheld(one) && one.seq > input.after).map(({ seq }) => seq),
          })),
        ),
        reveal: os.journal.reveal.handler(({ input, errors }) =>
          step("reveal", () => {
            for (const entry of input.entries) {
              if (this.held[entry.seq - 1]?.hash !== entry.hash) throw errors.FAULT({ data: { code: "store.broken" } });
              this.held[entry.seq - 1] = entry;
            }
            return {};
          }),
        ),
        inbox: os.journal.inbox.handler(({ input, signal }) => after(this.#inbox, input.after, signal)),
      },
      alarm: {
        raise: os.alarm.raise.handler(() => step("alarm", () => ({}))),
        over: os.alarm.over.handler(() => step("alarmOver", () => ({}))),
      },
      queue: {
        join: os.queue.join.handler(({ input }) =>
          step("join", () => {
            if (input.mode === "stored") this.stored.set(input.call, input);
            const station = { id: "station", name: "station", place: "" };
            const known = this.calls.get(input.call) ?? {
              view: new Feed<CallView>({
                call: input.call,
                mode: "assisted",
                state: "waiting",
                severity: 0,
                station,
                round: 0,
                participants: [],
                you: station.id,
                step: "everyone",
                peer: "away",
                iceServers: [],
              }),
              toStation: new Story<Signal>(),
              fromStation: [],
              heard: new Map(),
              joins: 0,
              left: false,
            };
            known.joins += 1;
            this.calls.set(input.call, known);
            return {};
          }),
        ),
        leave: os.queue.leave.handler(({ input }) =>
          step("leave", () => {
            this.call(input.call).left = true;
            return {};
          }),
        ),
      },
      blob: {
        begin: os.blob.begin.handler(({ input }) =>
          step("begin", () => {
            const known = this.blobs.get(input.blob);
            if (known === undefined) this.blobs.set(input.blob, { ...input, content: Buffer.alloc(0), whole: false });
            return this.#blobState(input.blob, input.call);
          }),
        ),
        put: os.blob.put.handler(({ input }) =>
          step("put", () => {
            const held = this.blobs.get(input.blob);
            if (held !== undefined && input.offset === held.content.length)
              held.content = Buffer.concat([held.content, Buffer.from(input.piece, "base64")]);
            if (held !== undefined) held.whole = hashOf("sha256", held.content, "hex") === held.hash;
            return this.#blobState(input.blob, "");
          }),
        ),
        watch: os.blob.watch.handler(({ signal }) => step("watchBlobs", () => read(this.notes, signal))),
        get: os.blob.get.handler(({ input: { blob, offset, length } }) =>
          step("get", () => {
            const { content } = this.blobs.get(blob) ?? { content: Buffer.alloc(0) };
            return { piece: content.subarray(offset, offset + length).toString("base64"), bytes: content.length };
          }),
        ),
        heard: os.blob.heard.handler(({ input: { blob } }) =>
          step("heard", () => {
            this.heard.push(blob);
            return this.#blobState(blob, "");
          }),
        ),
      },
      call: {
        watch: os.call.watch.handler(({ input, signal }) =>
          step("watch", () => read(this.call(input.call).view, signal)),
        ),
        talk: os.call.talk.handler(({ input, signal }) =>
          fakeTalk(
            input,
            ({ call, after: from }) =>
              step("signals", () => {
                this.signalsAfter.push(from);
                const { fromStation, toStation, heard } = this.call(call);
                const take = (body: SignalBody, once: () => boolean) =>
                  step("signal", () => {
                    if (once()) fromStation.push(body);
                  });
                return { heard, take, signals: after(toStation, from, signal) };
              }),
            signal,
          ),
        ),
        ringBacks: os.call.ringBacks.handler(({ signal }) => step("ringBacks", () => this.ringBacks.read(signal))),
        notNow: os.call.notNow.handler(({ input }) =>
          step("notNow", () => {
            this.notNow.push(input);
            this.ringBacks.set(this.ringBacks.value.filter(({ call }) => call !== input.call));
            return {};
          }),
        ),
        mediaUp: os.call.mediaUp.handler(() => step("mediaUp", () => ({}))),
        hangUp: os.call.hangUp.handler(() => step("hangUp", () => ({}))),
      },
    };
  }

  #blobState(blob: string, call: string): BlobState {
    const held = this.blobs.get(blob);
    if (held === undefined) throw new Error("no such blob");
    const { bytes, hash, content, whole } = held;
    const at = new Date(this.nowMs()).toISOString();
    return {
      blob,
      call: call === "" ? blob : call,
      kind: "voiceNote",
      media: "audio/webm",
      bytes,
      hash,
      received: content.length,
      whole,
      by: "station",
      at,
    };
  }

  #heldHead(): { readonly seq: number; readonly hash: string } {
    const last = this.held.at(-1);
    return last === undefined ? { seq: 0, hash: genesisHash } : { seq: last.seq, hash: last.hash };
  }
}

async function* read<T>(feed: Feed<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
  yield* feed.read(signal);
}

async function* after<T extends { readonly seq: number }>(
  story: Story<T>,
  seq: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  for await (const heard of story.read(signal)) if (heard.seq > seq) yield heard;
}
