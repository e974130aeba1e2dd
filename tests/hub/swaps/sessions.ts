import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { v7 as uuidv7 } from "uuid";
import { allows, roles, type Role } from "../../../core/rights.ts";
import { router } from "../../../hub/api/router.ts";
import { Answers, operationsOf } from "../../../hub/wire/answers.ts";
import { readMessage } from "../../../hub/wire/envelope.ts";
import { cases, type HubOperation } from "../matrix/cases.ts";
import type { Party, Side, World } from "../matrix/world.ts";
import type { HubClient } from "../parties.ts";

/** What one party sent, as it stood on the wire, and what it is about. */
export interface Sent {
  /** Its path on the wire. */
  readonly operation: string;
  readonly role: Role;
  readonly text: string;
}

/** Everything that one side said and was told. */
export interface Session {
  readonly side: Side;
  readonly sent: readonly Sent[];
  /** What names its things: ids and tickets that it spoke of, without those of people, stations and institutions. */
  readonly names: readonly string[];
}

/**
 * By these somebody comes to have part in what they name, which is their purpose: a call that waits for any doctor, a call for
 * help that any may answer, a record opened in an emergency with a reason.
 */
const comesIn: readonly string[] = [
  "/call/accept",
  "/call/decline",
  "/work/take",
  "/alarm/answer",
  "/record/break",
  "/queue/join",
];

const name = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=")[\w-]{43}(?=")/g;
export const namesIn = (text: string): readonly string[] => text.match(name) ?? [];

const operations = operationsOf(router);

/** One connection of a party, without a socket: what would be written to it goes to `told`. */
export function connectionOf(
  world: Pick<World, "town" | "parts">,
  { role, id }: Pick<Party, "role" | "id">,
  told: (text: string) => void,
): Answers {
  const line = role === "station" ? (`station:${id}` as const) : (`person:${id}` as const);
  const who = { role, id, name: role, line, session: `session of ${id}` };
  const staysUntil = () => Promise.resolve(world.town.now() + 60_000);
  const context = { hub: world.parts, who, connection: uuidv7(), staysUntil, feeds: { open: 0 }, send: told };
  return new Answers(operations, context);
}

/** A client whose messages are written down, and what it is answered. */
function recordingClient(world: World, party: Party, sent: (text: string) => void, heard: (text: string) => void) {
  const socket = new EventTarget();
  const answers = connectionOf(world, party, (text) => {
    heard(text);
    socket.dispatchEvent(new MessageEvent("message", { data: text }));
  });
  const send = (text: string) => {
    sent(text);
    const message = readMessage(text);
    if (message) void answers.hear(message);
  };
  const websocket = Object.assign(socket, { readyState: WebSocket.OPEN, send });
  const client: HubClient = createORPCClient(new RPCLink({ websocket }));
  return { client, close: () => answers.close() };
}

/** The world as its other side sees it: who was `out` has part, who was `in` has none. */
function seenFrom(world: World, side: Side, party: (role: Role, side: Side) => Party): World {
  const seen = Object.create(world) as World;
  const turned = (of: Side): Side => (side === "in" ? of : of === "in" ? "out" : "in");
  /** Only what waits for a doctor stands in the way of the next one; what runs goes on, to be asked about. */
  const clear = async () => {
    const { calls, desk } = world.parts;
    for (const { id, station, state } of await calls.open())
      if (station && state === "waiting")
        await desk.apply(id, { kind: "hangUp", id: station.id }, { role: "station", id: station.id });
  };
  return Object.assign(seen, { clear, party: (role: Role, of: Side) => party(role, turned(of)) });
}

const isFeed = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** Every operation by every role of this side that may, about things made for it; each as it is sent by a real client. */
export async function recorded(world: World, side: Side): Promise<Session> {
  const sent: Sent[] = [];
  const spoken = new Set<string>();
  for (const operation of Object.keys(cases) as HubOperation[]) {
    for (const role of roles) {
      if (allows(role, operation) === "no") continue;
      const open: (() => void)[] = [];
      const recording = (one: Role, of: Side): Party => {
        const party = world.party(one, of);
        if (of !== side || one !== role) return party;
        const { client, close } = recordingClient(
          world,
          party,
          (text) => {
            const message = readMessage(text);
            // The end of a feed names nothing.
            if (message?.kind !== "call" || comesIn.includes(message.path) || namesIn(text).length === 0) return;
            sent.push({ operation: message.path, role, text });
          },
          (text) => namesIn(text).forEach((each) => spoken.add(each)),
        );
        open.push(close);
        return { ...party, client };
      };
      const { ask } = await cases[operation].run(seenFrom(world, side, recording), "in", role);
      const answer = await ask().catch(() => undefined);
      // What a feed begins with is heard; one that has nothing to say yet is not waited for.
      if (isFeed(answer)) {
        const first = answer.next().catch(() => undefined);
        for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((next) => setImmediate(next));
        answer.return?.().catch(() => undefined);
        void first;
      }
      for (const close of open) close();
    }
  }
  for (const { text } of sent) namesIn(text).forEach((each) => spoken.add(each));
  const everybodys = new Set([
    world.town.hub.id,
    ...roles.flatMap((role) => [world.party(role, "in").id, world.party(role, "out").id]),
  ]);
  return { side, sent, names: [...spoken].filter((each) => !everybodys.has(each)) };
}
