import { lineMessageSchema, liveMessageSchema, type LineMessage, type LiveMessage } from "../../core/contract/live.ts";
import type { AskSignal, Signal } from "../../core/contract/views.ts";
import { isAsk } from "../../core/domain/asking.ts";
import { createBlobChannel } from "./blob-channel.ts";
import { pieceCount, type BlobComing, type BlobHead } from "./blob-pieces.ts";
import { createBlobReceiver } from "./blob-receiver.ts";
import { createBlobSender, type BlobItem } from "./blob-sender.ts";
import { openConnection, type Connection } from "./connection.ts";
import { hearRestart, newGeneration, noGeneration, type Generation } from "./generations.ts";
import type { Step } from "./ladder.ts";
import { firstCopies, turnsReading } from "./live-copies.ts";
import { createLine, type Line, type StepSaid } from "./line.ts";
import { createOutbox, type SendSignal } from "./outbox.ts";
import { decideRestart, unstarted, type RestartInput, type RestartState } from "./restart-rules.ts";
import { sameCertificate } from "./sdp.ts";

/** `connecting`: no media yet. `connected`. `lost`: was connected, and is being brought back. `closed`: by us, for good. */
export type PeerState = "connecting" | "connected" | "lost" | "closed";

export interface PeerOptions {
  /** The station is polite, the desk is not. */
  readonly polite: boolean;
  /** The desk makes the first offer; the station adds its tracks when it comes. */
  readonly starts: boolean;
  readonly iceServers: readonly RTCIceServerLike[];
  /** Ended by `close`. Without it the page only watches and listens. */
  readonly local?: MediaStream;
  /** Answers when the hub has it. A rejected one is sent again, in order and under its id, when the line has healed. */
  readonly send: SendSignal;
  /** The stream of the other side; again, with a new one, after a new connection. Attach it to a playing element. */
  readonly onRemote: (stream: MediaStream) => void;
  readonly onLive: (message: LiveMessage) => void;
  /** A measurement is asked for, agreed to, or stopped by the doctor. */
  readonly onAsk?: (ask: AskSignal) => void;
  /** Once: the first sound or picture. A call is one by its voice; a picture may never be earned. */
  readonly onFirstFrame: () => void;
  readonly onState: (state: PeerState) => void;
  /** Which step of the ladder each side is on, as it changes. */
  readonly onStep?: (whose: "own" | "other", said: StepSaid) => void;
  /** A picture or a voice note of the other side, as its pieces come. */
  readonly onBlob?: (coming: BlobComing) => void;
  /** One of ours, as its pieces go. */
  readonly onBlobItem?: (item: BlobItem) => void;
}

/** As in `iceServerSchema`: `exactOptionalPropertyTypes` keeps zod's optional apart from the DOM's. */
export interface RTCIceServerLike {
  readonly urls: readonly string[];
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

export interface Peer {
  /** Signals in the order of the feed, each once. */
  hear(signal: Signal): void;
  /**
   * To the other page, by the channel: kept while it opens, dropped when the line is full. What turns a reading goes by the
   * hub, too.
   */
  sendLive(message: LiveMessage): void;
  /** Through the hub, in order; it outlives a connection that is made anew. */
  sendAsk(ask: AskSignal): void;
  /** Our socket was lost and is back. The station restarts ICE, whatever ICE believes. */
  lineHealed(): void;
  /** Fresh TURN credentials, put into the running connection; the station then restarts ICE (realtime.md §4.2). */
  setIceServers(iceServers: readonly RTCIceServerLike[]): void;
  /** A person wants no more than this, both ways; `video` takes it back. */
  limit(most: Step): void;
  /**
   * A still, its preview or a voice note, in pieces on a channel of its own; the picture waits meanwhile. A new connection
   * goes on where the old one stopped.
   */
  sendBlob(id: string, kind: BlobHead["kind"], type: string, bytes: Uint8Array<ArrayBuffer>): void;
  /** Readings and pictures that have not gone yet do not go any more. */
  keepBack(): void;
  /** What of pieces would arrive now, bit/s. */
  arrivalRate(): number;
  /** Sends this track of `local`, which took another's place in it. */
  setPicture(track: MediaStreamTrack): void;
  /** Ends the connection, our camera and microphone, every timer and listener. */
  close(): void;
  /** Live messages that did not fit their schema. */
  readonly badLive: number;
}

const pollMs = 1_000;
const keptLive = 64;
/** The other side has put its credentials in, too, when the restart comes. */
const credentialsMs = 5_000;

/** The media of one call, as long as the page holds it: any number of peer connections, one after the other. */
export function openPeer(options: PeerOptions): Peer {
  const { polite, starts, local } = options;
  let iceServers = options.iceServers.map(iceServerOf);
  const outbox = createOutbox(options.send);
  const asks = createOutbox(options.send);
  const liveWaiting: string[] = [];
  const copies = firstCopies();
  let generation: Generation = noGeneration;
  let restarts: RestartState = unstarted;
  let connection: Connection | undefined;
  let line: Line | undefined;
  let asked: Step = "video";
  let credentials: ReturnType<typeof setTimeout> | undefined;
  let state: PeerState = "connecting";
  let arrivedBytes = 0;
  let seen = false;
  let badLive = 0;
  let poll: ReturnType<typeof setTimeout> | undefined;

  const receiver = createBlobReceiver(
    (head, bytes) => options.onBlob?.({ head, done: pieceCount(head), of: pieceCount(head), bytes }),
    (head, done) => options.onBlob?.({ head, done, of: pieceCount(head), bytes: undefined }),
  );
  const blobs = createBlobChannel({
    send: (data) => connection?.sendBlob(data) ?? false,
    waiting: () => connection?.blobsWaiting() ?? 0,
    rate: () => line?.pieceRate() ?? 0,
    receiver,
  });
  const blobSender = createBlobSender({
    carrier: blobs.carrier,
    onItem: (item) => options.onBlobItem?.(item),
    onBusy: (busy) => line?.uploading(busy),
  });

  const isClosed = () => state === "closed";
  const tell = (next: PeerState) => {
    if (isClosed() || next === state) return;
    state = next;
    options.onState(next);
  };

  /** The station alone decides to restart; the desk follows (never two restarts at once). */
  const decide = (kind: RestartInput["kind"]) => {
    if (starts) return;
    const step = decideRestart(restarts, { kind, at: performance.now() });
    restarts = step.state;
    if (step.effect === "restartIce") connection?.restartIce();
    if (step.effect === "renew") {
      generation = newGeneration(generation, Date.now());
      renew();
    }
  };

  const flushLive = () => {
    while (liveWaiting[0] !== undefined && connection?.sendLive(liveWaiting[0])) liveWaiting.shift();
  };

  const hearOnce = (message: LiveMessage) => {
    if (copies.isNew(message)) options.onLive(message);
  };

  const hearLive = (text: unknown) => {
    const json = readJson(text);
    const step = lineMessageSchema.safeParse(json);
    if (step.success) return line?.hear(step.data);
    const message = liveMessageSchema.safeParse(json);
    if (message.success) hearOnce(message.data);
    else badLive += 1;
  };

  const hearLine = (data: unknown) => {
    if (data instanceof ArrayBuffer) return line?.hearTrain(new Uint8Array(data));
    const message = lineMessageSchema.safeParse(readJson(data));
    if (message.success) line?.hear(message.data);
    else badLive += 1;
  };

  const openLine = (own: Connection): Line =>
    createLine({
      generation: generation.number,
      now: () => performance.now(),
      totals: () => own.totals().catch(() => undefined),
      send: (message: LineMessage) => own.sendLine(JSON.stringify(message)),
      sendTrain: (packets) => packets.forEach((packet) => own.sendLine(packet)),
      tellStep: (body) => {
        own.sendLive(JSON.stringify(body));
        outbox.push(body);
      },
      apply: (plan) => own.apply(plan),
      buffer: (ms) => own.buffer(ms),
      onStep: (whose, said) => options.onStep?.(whose, said),
    });

  const watchState = (of: RTCPeerConnectionState) => {
    if (of === "connected") tell("connected");
    else if (of === "disconnected" || of === "failed") tell(state === "connecting" ? "connecting" : "lost");
    if (of === "failed") decide("failed");
  };

  /** A fresh connection under the present generation, and word of it to the other side. */
  const renew = () => {
    line?.close();
    connection?.close();
    blobs.cut();
    outbox.clear();
    arrivedBytes = 0;
    if (state === "connected") tell("lost");
    const own: Connection = openConnection({
      polite,
      starts,
      iceServers,
      local,
      send: (body) => {
        if (own === connection) outbox.push(body);
      },
      onRemote: options.onRemote,
      onMedia: () => {
        if (own === connection) sees();
      },
      onLive: hearLive,
      onLiveOpen: flushLive,
      onLine: hearLine,
      onLineOpen: () => {
        if (own === connection) line?.opened();
      },
      onBlob: (data) => {
        if (own === connection) blobs.hear(data);
      },
      onBlobOpen: () => blobSender.kick(),
      trusts: sameCertificate(),
      onState: watchState,
    });
    connection = own;
    // The browser is at work on its offer; that comes behind this word.
    outbox.push({ kind: "restart", generation: generation.number });
    line = openLine(own);
    line.limit(asked);
    decide("renewed");
  };

  const sees = () => {
    if (seen || isClosed()) return;
    seen = true;
    options.onFirstFrame();
  };

  const look = async () => {
    const looked = connection;
    const arrived = await looked?.totals().catch(() => undefined);
    if (isClosed()) return;
    if (looked && looked === connection && arrived) {
      if (arrived.bytesReceived > arrivedBytes) decide("media");
      arrivedBytes = arrived.bytesReceived;
      if (arrived.framesDecoded > 0 || arrived.audioPackets > 0) sees();
    }
    decide("tick");
    poll = setTimeout(() => void look(), pollMs);
  };

  if (starts) {
    generation = newGeneration(generation, Date.now());
    renew();
  } else {
    decide("opened");
  }
  // The browser counts slowly: while a connection comes up it is left alone.
  poll = setTimeout(() => void look(), pollMs);

  return {
    hear({ body }) {
      if (isClosed()) return;
      if (body.kind === "step") return line?.hear(body);
      if (body.kind === "live") return hearOnce(body.message);
      if (isAsk(body)) return options.onAsk?.(body);
      if (body.kind !== "restart") {
        if (generation.agreed) void connection?.hear(body);
        return;
      }
      const step = hearRestart(polite, generation, body.generation, Date.now());
      generation = step.generation;
      if (step.effect === "follow" || step.effect === "announce") renew();
      if (step.effect === "repeat") outbox.push({ kind: "restart", generation: generation.number });
    },
    sendLive(message) {
      if (isClosed()) return;
      line?.reading();
      if (turnsReading(message)) outbox.push({ kind: "live", message });
      const text = JSON.stringify(message);
      if (liveWaiting.length === 0 && connection?.sendLive(text)) return;
      liveWaiting.push(text);
      if (liveWaiting.length > keptLive) liveWaiting.shift();
      flushLive();
    },
    sendAsk: (ask) => asks.push(ask),
    lineHealed() {
      if (isClosed()) return;
      outbox.kick();
      asks.kick();
      decide("healed");
    },
    setIceServers(fresh) {
      if (isClosed()) return;
      iceServers = fresh.map(iceServerOf);
      connection?.setIceServers(iceServers);
      clearTimeout(credentials);
      credentials = setTimeout(() => decide("credentials"), credentialsMs);
    },
    limit(most) {
      asked = most;
      line?.limit(most);
    },
    sendBlob: (id, kind, type, bytes) => void blobSender.send(id, kind, type, bytes),
    keepBack() {
      liveWaiting.splice(0);
      blobSender.drop();
    },
    arrivalRate: () => line?.arrivalRate() ?? 0,
    setPicture: (track) => connection?.setPicture(track),
    close() {
      if (isClosed()) return;
      tell("closed");
      clearTimeout(poll);
      clearTimeout(credentials);
      line?.close();
      blobSender.close();
      blobs.cut();
      outbox.close();
      asks.close();
      connection?.close();
      for (const track of local?.getTracks() ?? []) track.stop();
    },
    get badLive() {
      return badLive;
    },
  };
}

function iceServerOf({ urls, username, credential }: RTCIceServerLike): RTCIceServer {
  return {
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}

function readJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
