import { liveMessageSchema, type LiveMessage } from "../../core/contract/live.ts";
import type { Signal } from "../../core/contract/views.ts";
import { openConnection, type Connection } from "./connection.ts";
import { hearRestart, newGeneration, noGeneration, type Generation } from "./generations.ts";
import { createOutbox, type SendSignal } from "./outbox.ts";
import { decideRestart, unstarted, type RestartInput, type RestartState } from "./restart-rules.ts";

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
  /** Once: the first picture decoded, or the first sound where the other side sends no picture. */
  readonly onFirstFrame: () => void;
  readonly onState: (state: PeerState) => void;
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
  /** To the other page. Kept while the channel opens, dropped when the line is full: the record goes by the hub. */
  sendLive(message: LiveMessage): void;
  /** Our socket was lost and is back. The station restarts ICE, whatever ICE believes. */
  lineHealed(): void;
  /** Ends the connection, our camera and microphone, every timer and listener. */
  close(): void;
  /** Live messages that did not fit their schema. */
  readonly badLive: number;
}

const pollMs = 1_000;
const firstPollMs = 200;
const keptLive = 64;

/** The media of one call, as long as the page holds it: any number of peer connections, one after the other. */
export function openPeer(options: PeerOptions): Peer {
  const { polite, starts, local } = options;
  const iceServers = options.iceServers.map(({ urls, username, credential }): RTCIceServer => ({
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
  const outbox = createOutbox(options.send);
  const liveWaiting: string[] = [];
  let generation: Generation = noGeneration;
  let restarts: RestartState = unstarted;
  let connection: Connection | undefined;
  let state: PeerState = "connecting";
  let arrivedBytes = 0;
  let seen = false;
  let badLive = 0;
  let poll: ReturnType<typeof setTimeout> | undefined;

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

  const hearLive = (text: unknown) => {
    const message = readLive(text);
    if (message) options.onLive(message);
    else badLive += 1;
  };

  const watchState = (of: RTCPeerConnectionState) => {
    if (of === "connected") tell("connected");
    else if (of === "disconnected" || of === "failed") tell(state === "connecting" ? "connecting" : "lost");
    if (of === "failed") decide("failed");
  };

  /** A fresh connection under the present generation, and word of it to the other side. */
  const renew = () => {
    connection?.close();
    outbox.clear();
    outbox.push({ kind: "restart", generation: generation.number });
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
      onLive: hearLive,
      onLiveOpen: flushLive,
      onState: watchState,
    });
    connection = own;
    decide("renewed");
  };

  const look = async () => {
    const looked = connection;
    const arrived = await looked?.arrived().catch(() => undefined);
    if (isClosed()) return;
    if (looked && looked === connection && arrived) {
      if (arrived.bytes > arrivedBytes) decide("media");
      arrivedBytes = arrived.bytes;
      const voiceOnly = looked.remote.getTracks().length > 0 && looked.remote.getVideoTracks().length === 0;
      if (!seen && (arrived.framesDecoded > 0 || (voiceOnly && arrived.audioPackets > 0))) {
        seen = true;
        options.onFirstFrame();
      }
    }
    decide("tick");
    poll = setTimeout(() => void look(), seen ? pollMs : firstPollMs);
  };

  if (starts) {
    generation = newGeneration(generation, Date.now());
    renew();
  } else {
    decide("opened");
  }
  poll = setTimeout(() => void look(), firstPollMs);

  return {
    hear({ body }) {
      if (isClosed()) return;
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
      const text = JSON.stringify(message);
      if (liveWaiting.length === 0 && connection?.sendLive(text)) return;
      liveWaiting.push(text);
      if (liveWaiting.length > keptLive) liveWaiting.shift();
      flushLive();
    },
    lineHealed() {
      if (isClosed()) return;
      outbox.kick();
      decide("healed");
    },
    close() {
      if (isClosed()) return;
      tell("closed");
      clearTimeout(poll);
      outbox.close();
      connection?.close();
      for (const track of local?.getTracks() ?? []) track.stop();
    },
    get badLive() {
      return badLive;
    },
  };
}

function readLive(text: unknown): LiveMessage | undefined {
  if (typeof text !== "string") return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = liveMessageSchema.safeParse(json);
  return read.success ? read.data : undefined;
}
