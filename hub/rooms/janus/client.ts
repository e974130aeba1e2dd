import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { z } from "zod";

/** What Janus answers and tells, as far as it is used. Source: Janus API, "janus.js" protocol, version 1.1. */
const messageSchema = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  sender: z.int().optional(),
  data: z.object({ id: z.int() }).optional(),
  plugindata: z.object({ data: z.record(z.string(), z.json()) }).optional(),
  jsep: z.object({ type: z.enum(["offer", "answer"]), sdp: z.string() }).optional(),
});
type Message = z.infer<typeof messageSchema>;

export type JanusData = Readonly<Record<string, z.core.util.JSONType>>;
export interface Jsep {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/** What a handle hears without having asked: plugin events, and `webrtcup` and `hangup` of its connection. */
export interface HandleEvent {
  readonly kind: string;
  readonly data: JanusData;
  readonly jsep?: Jsep | undefined;
}

export interface Handle {
  /** The plugin's answer; undefined when the line or the handle is gone. */
  ask(
    body: JanusData,
    jsep?: Jsep,
  ): Promise<{ readonly data: JanusData; readonly jsep?: Jsep | undefined } | undefined>;
  trickle(candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): void;
  detach(): Promise<void>;
}

export interface JanusClient {
  /** A handle of the VideoRoom plugin. */
  attach(hear: (event: HandleEvent) => void): Promise<Handle | undefined>;
  close(): void;
}

const keepAliveMs = 20_000;
const answerMs = 10_000;

/** One session over one socket. Undefined when nobody answers at `port`; `onClose` comes once, when the line is gone. */
export async function connectJanus(
  port: number,
  apisecret: string,
  onClose: () => void,
): Promise<JanusClient | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`, "janus-protocol");
  const opened = await new Promise<boolean>((resolve) => {
    socket.once("open", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
  socket.on("error", () => socket.terminate());
  if (!opened) return undefined;

  const waiting = new Map<string, (message: Message | undefined) => void>();
  const handles = new Map<number, (event: HandleEvent) => void>();
  // Absent until the first answer, which brings it.
  const line: { session?: number } = {};

  const send = (message: Readonly<Record<string, unknown>>) => {
    const transaction = randomUUID();
    const to = line.session === undefined ? {} : { session_id: line.session };
    socket.send(JSON.stringify({ ...message, ...to, transaction, apisecret }), () => undefined);
    return transaction;
  };
  const ask = (message: Readonly<Record<string, unknown>>) =>
    new Promise<Message | undefined>((resolve) => {
      if (socket.readyState !== WebSocket.OPEN) {
        resolve(undefined);
        return;
      }
      const transaction = send(message);
      const late = setTimeout(() => settle(undefined), answerMs);
      const settle = (answer: Message | undefined) => {
        clearTimeout(late);
        waiting.delete(transaction);
        resolve(answer);
      };
      waiting.set(transaction, settle);
    });

  socket.on("message", (text: Buffer) => {
    const read = messageSchema.safeParse(parse(text.toString()));
    if (!read.success || read.data.janus === "ack") return;
    const message = read.data;
    const asked = message.transaction === undefined ? undefined : waiting.get(message.transaction);
    if (asked) asked(message);
    else if (message.sender !== undefined)
      handles.get(message.sender)?.({
        kind: message.janus,
        data: message.plugindata?.data ?? {},
        jsep: message.jsep,
      });
  });

  const beat = setInterval(() => send({ janus: "keepalive" }), keepAliveMs);
  socket.once("close", () => {
    clearInterval(beat);
    for (const settle of [...waiting.values()]) settle(undefined);
    onClose();
  });

  const session = (await ask({ janus: "create" }))?.data?.id;
  if (session === undefined) {
    socket.terminate();
    return undefined;
  }
  line.session = session;
  return {
    async attach(hear) {
      const id = (await ask({ janus: "attach", plugin: "janus.plugin.videoroom" }))?.data?.id;
      if (id === undefined) return undefined;
      handles.set(id, hear);
      return {
        async ask(body, jsep) {
          const answer = await ask({ janus: "message", handle_id: id, body, ...(jsep ? { jsep } : {}) });
          const data = answer?.plugindata?.data;
          return data && { data, jsep: answer.jsep };
        },
        trickle: (candidate) => void send({ janus: "trickle", handle_id: id, candidate }),
        async detach() {
          handles.delete(id);
          await ask({ janus: "detach", handle_id: id });
        },
      };
    },
    close: () => socket.terminate(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
