import { randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { expect, test, vi } from "vitest";
import { hubContract } from "../../../core/contract/hub.ts";
import type { RoomView } from "../../../core/contract/hub-rooms.ts";
import { LineClosed } from "../../../core/contract/line.ts";
import type { FromRoom, ToRoom } from "../../../core/contract/room-signals.ts";
import type { HubClient } from "../../../station/consult/hub-client.ts";
import { StationRoom } from "../../../station/consult/room.ts";
import { Feed, Story } from "../../../station/feed.ts";
import { silentLogger } from "../../../station/log/logger.ts";

const call = randomUUID();
const ready: ToRoom = { leg: "down", generation: 1, body: { kind: "ready" } };
const signal = (generation: number): FromRoom => ({ leg: "down", generation, body: { kind: "streams", streams: [] } });
const inRoom = (you: string, epoch = 1): RoomView => ({
  call,
  phase: "room",
  epoch,
  you,
  seats: [],
  receives: "all",
  observed: false,
  iceServers: [],
});

/** A hub's room behind lines that break; each line is a client of its own. */
function hub() {
  const view = new Feed<RoomView>(inRoom("seat-1"));
  const heard = new Map([["seat-1", new Story<{ readonly seq: number; readonly signal: FromRoom }>()]]);
  const asked: { readonly seat: string; readonly after: number }[] = [];
  const told: unknown[] = [];
  const os = implement(hubContract).room;
  const line = () => {
    const gone = new AbortController();
    const until = (signal: AbortSignal | undefined) => AbortSignal.any([gone.signal, ...(signal ? [signal] : [])]);
    async function* cut<T>(feed: AsyncIterable<T>) {
      yield* feed;
      if (gone.signal.aborted) throw new LineClosed();
    }
    const router = {
      watch: os.watch.handler(({ signal }) => cut(view.read(until(signal)))),
      signals: os.signals.handler(({ input, signal }) => {
        asked.push({ seat: input.seat, after: input.after });
        const story = heard.get(input.seat) ?? new Story();
        return (async function* () {
          for await (const one of cut(story.read(until(signal)))) if (one.seq > input.after) yield one;
        })();
      }),
      signal: os.signal.handler(({ input, errors }) => {
        if (gone.signal.aborted) throw new LineClosed();
        if (input.seat !== "seat-1") throw errors.FAULT({ data: { code: "consult.notYours" } });
        told.push(input.signal);
        return {};
      }),
      up: os.up.handler(({ input }) => {
        told.push(input);
        return {};
      }),
    };
    const client = { room: createRouterClient(router) } as unknown as HubClient;
    return { client, cut: () => gone.abort() };
  };
  const say = (seat: string, seq: number) => {
    const story = heard.get(seat) ?? new Story();
    heard.set(seat, story);
    story.push({ seq, signal: signal(seq) });
  };
  return { view, asked, told, line, say };
}

function reading<T>(feed: AsyncIterable<T> | undefined): { readonly items: T[]; over: boolean } {
  const read = { items: [] as T[], over: feed === undefined };
  void (async () => {
    for await (const item of feed ?? []) read.items.push(item);
    read.over = true;
  })();
  return read;
}

async function seated() {
  const there = hub();
  const room = new StationRoom(call, silentLogger);
  const line = there.line();
  room.follow(line.client);
  const views = reading(room.watch(undefined));
  await vi.waitFor(() => expect(there.asked).toEqual([{ seat: "seat-1", after: 0 }]));
  return { there, room, line, views };
}

test("the page sees the direct talk until the hub says more, and hears its seat", async () => {
  const { there, room, views } = await seated();
  expect(views.items.map(({ phase }) => phase)).toEqual(["pair", "room"]);
  const heard = reading(room.signals("seat-1", 0, undefined));
  there.say("seat-1", 1);
  there.say("seat-1", 2);
  await vi.waitFor(() => expect(heard.items.map(({ seq }) => seq)).toEqual([1, 2]));
  const later = reading(room.signals("seat-1", 1, undefined));
  await vi.waitFor(() => expect(later.items.map(({ seq }) => seq)).toEqual([2]));
  room.close();
  await vi.waitFor(() => expect([heard.over, views.over]).toEqual([true, true]));
});

test("over a new line the same seat is heard from the last signal on, and the page notices nothing", async () => {
  const { there, room, line } = await seated();
  const heard = reading(room.signals("seat-1", 0, undefined));
  there.say("seat-1", 1);
  await vi.waitFor(() => expect(heard.items).toHaveLength(1));
  line.cut();
  expect(await room.send("t", "seat-1", randomUUID(), ready)).toEqual({ ok: false, code: "consult.hubAway" });
  there.say("seat-1", 2);
  room.follow(there.line().client);
  await vi.waitFor(() => expect(heard.items.map(({ seq }) => seq)).toEqual([1, 2]));
  expect(there.asked).toEqual([
    { seat: "seat-1", after: 0 },
    { seat: "seat-1", after: 1 },
  ]);
  expect(heard.over).toBe(false);
});

test("told again over the same line, it asks nothing anew", async () => {
  const { there, room, line } = await seated();
  room.follow(line.client);
  there.view.set(inRoom("seat-1", 2));
  await vi.waitFor(() => expect(there.asked).toHaveLength(1));
});

test("another seat ends the signals of the one before", async () => {
  const { there, room } = await seated();
  const heard = reading(room.signals("seat-1", 0, undefined));
  there.view.set(inRoom("seat-2"));
  await vi.waitFor(() => expect(heard.over).toBe(true));
  expect(room.signals("seat-1", 0, undefined)).toBeUndefined();
  await vi.waitFor(() => expect(there.asked.at(-1)).toEqual({ seat: "seat-2", after: 0 }));
  expect(await room.send("t", "seat-2", randomUUID(), ready)).toEqual({ ok: false, code: "room.ended" });
});

test("what the page says goes to the hub, and nowhere once nobody talks", async () => {
  const { there, room, views } = await seated();
  expect(await room.send("t", "seat-1", randomUUID(), ready)).toEqual({ ok: true });
  expect(await room.send(undefined, "seat-1", randomUUID(), ready)).toEqual({ ok: false, code: "consult.hubAway" });
  expect(await room.up(1, "room")).toEqual({ ok: true });
  expect(there.told).toEqual([ready, { call, epoch: 1, of: "room" }]);
  room.follow(undefined);
  await vi.waitFor(() => expect(views.items.at(-1)?.phase).toBe("pair"));
  expect(await room.up(1, "room")).toEqual({ ok: false, code: "consult.hubAway" });
  room.close();
  expect(await room.up(1, "room")).toEqual({ ok: false, code: "consult.ended" });
});
