import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer, type WebSocket } from "ws";
import { hubContract } from "../../../core/contract/hub.ts";
import { saidWords } from "../../../core/care/sentences.ts";
import type { AlarmItem } from "../../../core/contract/hub-alarms.ts";
import type { CallView, Invitation, QueueItem } from "../../../core/contract/hub-calls.ts";
import type { OpenGlass } from "../../../core/contract/hub-record.ts";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import type { RoomView } from "../../../core/contract/hub-rooms.ts";
import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import type { Comer } from "../../../core/contract/hub-people.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { urgentFrom } from "../../../core/domain/calls.ts";
import type { JointView } from "../../../core/contract/hub-joint.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import { fakeTalk, inTurns } from "../../fake-talk.ts";
import type { WorkRouter } from "./fake-work.ts";
import { Followed } from "./followed.ts";

/** Beside the call and the visit: who is signed in, and what the work pages ask. */
export interface Also {
  readonly role: Comer;
  readonly practice: Practice;
  readonly router: WorkRouter;
}

const emptyRecords = { prescriptions: [], referrals: [], followUps: [], dangers: [], plans: [], messages: [] };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};

const party = (id: string, name: string, role: "doctor" | "resident", kind: "person" | "station") =>
  ({ id, name, role, kind, state: "here", muted: false, handOver: false }) as const;

/** Speaks `hubContract` as the desk hears it, from states a test sets. One doctor, one call at a time. */
export async function openFakeHub(deskFolder: string, also?: Also) {
  const doctor = { id: "doc-1", name: "林若水" };
  const password = "open-sesame";
  const code = "314159";
  const queue = new Followed<readonly QueueItem[]>([]);
  const alarms = new Followed<readonly AlarmItem[]>([]);
  const invitations = new Followed<readonly Invitation[]>([]);
  const colleagues = new Followed<readonly Colleague[]>([]);
  const room = new Followed<RoomView | undefined>(undefined);
  const opened = new Followed<readonly OpenGlass[]>([]);
  const joints = new Followed<readonly JointView[]>([]);
  const asked: object[] = [];
  const view = new Followed<CallView | undefined>(undefined);
  const record = new Followed<VisitRecord | undefined>(undefined);
  const toDesk = new Followed<readonly Signal[]>([]);
  const taken = new Set<string>();
  const heard: SignalBody[] = [];
  const countings = new Map<string, number>();
  const opinions: Opinion[] = [];
  const sockets = new Set<WebSocket>();
  let onSignal: (signal: Signal) => void = () => undefined;
  let mediaUp = 0;
  let enrol: { readonly uri: string; readonly secret: string } | undefined;
  let hasKey = false;
  let isOpen = false;
  let heldPin = "";
  let isUp = true;

  const signalsAfter = async function* (first: number, signal: AbortSignal | undefined) {
    let after = first;
    for await (const signals of toDesk.feed(signal)) {
      for (const one of signals.filter(({ seq }) => seq > after)) {
        yield one;
        after = one.seq;
      }
    }
  };

  const hub = implement(hubContract).$context<object>();
  const notDefined = <T>(followed: Followed<T | undefined>, signal: AbortSignal | undefined) =>
    (async function* () {
      for await (const value of followed.feed(signal)) if (value !== undefined) yield value;
    })();

  const setState = (state: CallView["state"], change: Partial<CallView> = {}) => {
    const now = view.get();
    if (!now) throw new Error("no call has been accepted");
    view.set({ ...now, state, ...change });
    queue.set(queue.get().map((item) => (item.call === now.call ? { ...item, state } : item)));
  };

  /** Only what this page asks for. */
  const router = {
    alarm: {
      watch: hub.alarm.watch.handler(async function* ({ signal }) {
        for await (const items of alarms.feed(signal)) yield [...items];
      }),
      answer: hub.alarm.answer.handler(({ input }) => {
        alarms.set(alarms.get().filter(({ alarm }) => alarm !== input.alarm));
        return {};
      }),
    },
    queue: {
      watch: hub.queue.watch.handler(async function* ({ signal }) {
        for await (const items of queue.feed(signal)) yield [...items];
      }),
    },
    call: {
      accept: hub.call.accept.handler(({ input, errors }) => {
        const item = queue.get().find(({ call }) => call === input.call);
        if (taken.has(input.call)) throw errors.FAULT({ data: { code: "consult.alreadyTaken" } });
        if (!item) throw errors.FAULT({ data: { code: "consult.ended" } });
        const accepted: CallView = {
          call: item.call,
          mode: item.mode,
          state: "ringing",
          severity: item.severity,
          station: item.station,
          clinician: doctor,
          round: 1,
          participants: [
            party(doctor.id, doctor.name, "doctor", "person"),
            party(item.station.id, item.station.name, "resident", "station"),
          ],
          you: doctor.id,
          step: item.step,
          peer: "here",
          iceServers: [],
          ticket: `ticket-${item.call}`,
        };
        view.set(accepted);
        queue.set(queue.get().map((one) => (one.call === item.call ? { ...one, mine: true, state: "ringing" } : one)));
        return accepted;
      }),
      watch: hub.call.watch.handler(async function* ({ input, signal }) {
        for await (const value of notDefined(view, signal)) {
          if (value.call !== input.call) return;
          yield value;
          if (!queue.get().some(({ call }) => call === value.call)) return;
        }
      }),
      ticket: hub.call.ticket.handler(({ input }) => ({ ticket: `ticket-${input.call}` })),
      talk: hub.call.talk.handler(({ input, signal }) =>
        fakeTalk(
          input,
          ({ after }) => ({
            heard: countings,
            take: (body, once) => {
              if (!once()) return;
              heard.push(body);
              onSignal({ seq: heard.length, body });
            },
            signals: signalsAfter(after, signal),
          }),
          signal,
        ),
      ),
      mediaUp: hub.call.mediaUp.handler(() => {
        mediaUp += 1;
        setState("active");
        return {};
      }),
      invitations: hub.call.invitations.handler(async function* ({ signal }) {
        for await (const items of invitations.feed(signal)) yield [...items];
      }),
      invite: hub.call.invite.handler(({ input }) => {
        asked.push({ invite: input.person });
        return {};
      }),
      decline: hub.call.decline.handler(({ input }) => {
        queue.set(queue.get().map((item) => (item.call === input.call ? { ...item, declined: true } : item)));
        return {};
      }),
      mute: hub.call.mute.handler(({ input }) => {
        asked.push({ mute: input.participant, muted: input.muted });
        return {};
      }),
      hangUp: hub.call.hangUp.handler(({ input }) => {
        if (view.get()?.call === input.call) setState("finished");
        return {};
      }),
    },
    room: { watch: hub.room.watch.handler(({ signal }) => notDefined(room, signal)) },
    people: {
      colleagues: hub.people.colleagues.handler(async function* ({ signal }) {
        for await (const items of colleagues.feed(signal)) yield [...items];
      }),
    },
    record: {
      break: hub.record.break.handler(({ input }) => {
        asked.push({ break: input.alarm, reason: input.reason });
        const at = new Date().toISOString();
        const until = new Date(Date.now() + 86_400_000).toISOString();
        const station = alarms.get().find(({ alarm }) => alarm === input.alarm)?.station;
        opened.set([
          { alarm: input.alarm, at, until, station: station?.name ?? "", place: station?.place ?? "" },
          ...opened.get(),
        ]);
        return { id: input.alarm, until };
      }),
      mine: hub.record.mine.handler(async function* ({ signal }) {
        for await (const items of opened.feed(signal)) yield [...items];
      }),
      watch: hub.record.watch.handler(({ signal }) => notDefined(record, signal)),
    },
    resident: {
      list: hub.resident.list.handler(() => []),
      history: hub.resident.history.handler(() => ({ visits: [], calls: [], opinions: [] })),
      records: hub.resident.records.handler(() => emptyRecords),
    },
    visit: {
      watch: hub.visit.watch.handler(({ signal }) => notDefined(record, signal)),
      finish: hub.visit.finish.handler(({ input, errors }) => {
        if ((view.get()?.severity ?? 0) >= urgentFrom && input.outcome === undefined)
          throw errors.FAULT({ data: { code: "consult.outcomeNeeded" } });
        asked.push({ finish: input.outcome });
        queue.set(queue.get().filter(({ call }) => call !== input.call));
        if (view.get()?.call === input.call) setState("finished");
        return {};
      }),
    },
    opinion: {
      sign: hub.opinion.sign.handler(({ input, errors }) => {
        const known = opinions.find(({ id }) => id === input.id);
        if (known) return known;
        if (!isOpen) throw errors.FAULT({ data: { code: "sign.locked" } });
        const { joint: _joint, ...wish } = input;
        const opinion: Opinion = {
          ...wish,
          text: saidWords("zh-CN", input.sentences).join("\n"),
          visit: record.get()?.visit ?? "",
          station: "station",
          clinician: doctor,
          writtenAt: new Date().toISOString(),
        };
        opinions.push(opinion);
        return opinion;
      }),
    },
    joint: {
      watch: hub.joint.watch.handler(async function* ({ signal }) {
        for await (const all of joints.feed(signal)) yield [...all];
      }),
    },
    signing: {
      state: hub.signing.state.handler(() => ({ hasKey })),
      makeKey: hub.signing.makeKey.handler(({ input }) => {
        hasKey = isOpen = true;
        heldPin = input.pin;
        return { hasKey };
      }),
      open: hub.signing.open.handler(({ input, errors }) => {
        if (input.pin !== heldPin || input.code !== code) throw errors.FAULT({ data: { code: "sign.wrong" } });
        isOpen = true;
        return { hasKey };
      }),
    },
    me: {
      whoami: hub.me.whoami.handler(() => ({
        ...doctor,
        role: also?.role ?? ("doctor" as const),
        ...(also ? { practice: also.practice } : {}),
        expiresAt: "2030-01-01T00:00:00.000Z",
        draftKey: Buffer.alloc(32, 7).toString("base64url"),
      })),
    },
  };

  const bodyOf = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString()) as { account?: string; password?: string; code?: string };
  };

  const server = createServer((request, response) => {
    const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    const path = new URL(request.url ?? "/", "http://hub").pathname;
    if (!isUp) return void request.socket.destroy();
    if (path === "/api/health") return void answer(200, { ok: true, demo: true });
    if (path === "/api/sign-out") return void answer(200, {}, { "set-cookie": "session=; Max-Age=0; Path=/" });
    if (path === "/api/sign-in") {
      return void bodyOf(request).then((typed) =>
        typed.account === "doctor" && typed.password === password
          ? answer(
              200,
              enrol === undefined ? { step: "step", need: "code" } : { step: "step", need: "enrol", ...enrol },
            )
          : answer(401, { code: "account.wrong" }),
      );
    }
    if (path === "/api/sign-in/code") {
      return void bodyOf(request).then((typed) =>
        typed.code === code
          ? answer(
              200,
              { name: doctor.name, role: also?.role ?? "doctor", expiresAt: "2030-01-01T00:00:00.000Z" },
              { "set-cookie": "session=yes; HttpOnly; SameSite=Strict; Path=/" },
            )
          : answer(401, { code: "account.codeWrong" }),
      );
    }
    const file = path === "/" ? "desk/index.html" : normalize(path).slice(1);
    readFile(join(deskFolder, file)).then(
      (bytes) =>
        response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });

  const handler = new RPCHandler({ ...router, ...also?.router });
  const wire = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (!isUp) return void socket.destroy();
    if (!request.headers.cookie?.includes("session=yes")) return void socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    wire.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on("close", () => sockets.delete(opened));
      void handler.upgrade(inTurns(opened), { context: {} });
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // Accepting connections ends with the server; what is open is cut.
  const cut = () => {
    for (const socket of sockets) socket.terminate();
  };

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    doctor,
    password,
    code,
    alarms,
    queue,
    view,
    invitations,
    colleagues,
    room,
    /** Joint opinions of the call. */
    joints,
    /** Every signal the desk has sent. */
    heard,
    /** What the desk asked for, in order. */
    asked,
    record,
    opinions,
    setState,
    /** Another doctor was faster. */
    takeAway: (call: string) => void taken.add(call),
    get mediaUp() {
      return mediaUp;
    },
    /** Everything the desk has said so far, then each new signal. */
    onSignal(listener: (signal: Signal) => void) {
      onSignal = listener;
      heard.forEach((body, index) => listener({ seq: index + 1, body }));
    },
    fromStation(body: SignalBody) {
      toDesk.set([...toDesk.get(), { seq: toDesk.get().length + 1, body }]);
    },
    /** The line breaks; while `away` no new one opens. */
    breakLine: (away: boolean) => {
      isUp = !away;
      cut();
    },
    /** As if PIN and code had been given just now. */
    openKey: () => {
      hasKey = isOpen = true;
    },
    /** The account has no second factor yet. */
    mustEnrol: (given: { readonly uri: string; readonly secret: string }) => {
      enrol = given;
    },
    /** The ten minutes are over. */
    shutKey: () => {
      isOpen = false;
    },
    lineBack: () => {
      isUp = true;
    },
    async close() {
      cut();
      wire.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
export type FakeHub = Awaited<ReturnType<typeof openFakeHub>>;
