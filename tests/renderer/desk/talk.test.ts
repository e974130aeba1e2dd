import { expect, onTestFinished, test, vi } from "vitest";
import type { TalkHeard, TalkSaid } from "../../../core/contract/hub-calls.ts";
import { lineOver, type Link } from "../../../core/contract/line.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { HubClient } from "../../../renderer/desk/hub.ts";
import { openDeskTalk } from "../../../renderer/desk/talk.ts";
import { openDoor, type DialEvents } from "../../../renderer/door.ts";
import { Story } from "../../../station/feed.ts";

const call = "019a0000-0000-7000-8000-00000000c00b";
const body = (generation: number): SignalBody => ({ kind: "restart", generation });

/** One line of the talk, as the hub has it. */
interface Talking {
  readonly ticket: string;
  readonly name: string;
  readonly first: number;
  readonly after: number;
  readonly said: { readonly n: number; readonly body: SignalBody }[];
  readonly told: Story<TalkHeard>;
}

/** A talk over a real door, to a hub that hands out tickets and hears nothing until the test says so. */
function stage({ talks = true, ticket }: { readonly talks?: boolean; readonly ticket?: string } = {}) {
  const dials: DialEvents[] = [];
  const talkings: Talking[] = [];
  const heard: Signal[] = [];
  const refused: string[] = [];
  let tickets = 0;
  let fault: FaultCode | undefined;

  const talk = async (told: AsyncGenerator<TalkSaid, void, undefined>, signal: AbortSignal) => {
    const { value: opening } = await told.next();
    if (!opening || !("ticket" in opening)) throw new Error("no opening");
    if (fault) refused.push(opening.ticket);
    if (fault) throw Object.assign(new Error("FAULT"), { data: { code: fault } });
    const talking: Talking = { ...opening, said: [], told: new Story<TalkHeard>() };
    talkings.push(talking);
    void (async () => {
      for await (const item of told) if ("n" in item) talking.said.push(item);
    })();
    return talking.told.read(signal);
  };
  const far: Link<{ readonly signal: AbortSignal }> = {
    call: async ([name], input, { signal }) =>
      name === "ticket" ? { ticket: `t${String((tickets += 1))}` } : talk(input as never, signal),
  };
  const door = openDoor<HubClient>(
    (events) => {
      dials.push(events);
      return { retry: true, close: () => undefined };
    },
    (link) =>
      ({
        call: {
          ticket: (input: object) => link.call(["ticket"], input, {}),
          talk: (told: object, options: object) => link.call(["talk"], told, options),
        },
      }) as unknown as HubClient,
    { after: (_ms, wake) => (queueMicrotask(wake), () => undefined) },
  );
  const own = openDeskTalk({ door, call, talks, ticket, hear: (signal) => heard.push(signal) });
  onTestFinished(() => {
    own.close();
    door.close();
  });
  return {
    own,
    heard,
    talkings,
    refused,
    lineUp: async () => {
      // The door dials again in a turn of its own.
      await Promise.resolve();
      dials.at(-1)?.opened(lineOver(far as Link<object>));
    },
    lineGone: () => dials.at(-1)?.lost("gone"),
    refuse: (code: FaultCode | undefined) => (fault = code),
    /** The nth line of the talk, once it is there. */
    line: (nth: number) =>
      vi.waitFor(() => {
        const found = talkings[nth];
        if (!found) throw new Error("not yet");
        return found;
      }),
  };
}
const numbers = ({ said }: Talking) => said.map(({ n }) => n);
const generations = ({ said }: Talking) => said.map((one) => one.body.kind === "restart" && one.body.generation);

test("everything is said at once, without waiting for an answer to each", async () => {
  const { own, line, lineUp } = stage();
  own.follow(1);
  for (const nth of [1, 2, 3]) own.say(body(nth));
  await lineUp();
  const first = await line(0);
  expect(first).toMatchObject({ first: 1, after: 0 });
  await vi.waitFor(() => expect(numbers(first)).toEqual([1, 2, 3]));
});

test("a lost line: a fresh ticket, what was not heard again, what was heard never twice", async () => {
  const { own, line, lineUp, lineGone, heard } = stage();
  own.follow(1);
  await lineUp();
  const before = await line(0);
  for (const nth of [1, 2, 3]) own.say(body(nth));
  await vi.waitFor(() => expect(numbers(before)).toEqual([1, 2, 3]));
  before.told.push({ heard: 2, signal: { seq: 7, body: body(70) } });
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  lineGone();
  own.say(body(4));
  await lineUp();
  const after = await line(1);
  expect(after).toMatchObject({ name: before.name, first: 3, after: 7 });
  expect(after.ticket).not.toBe(before.ticket);
  expect(await own.ticket(), "what goes to the room has the ticket that this line used first").toBe(after.ticket);
  await vi.waitFor(() => expect(numbers(after)).toEqual([3, 4]));
  after.told.push({ heard: 4, signal: { seq: 7, body: body(70) } });
  after.told.push({ heard: 4, signal: { seq: 8, body: body(80) } });
  await vi.waitFor(() => expect(heard.map(({ seq }) => seq)).toEqual([7, 8]));
});

test.each(["the word of the hub", "the end of the talk"])(
  "a new owner: what the round left unheard is not said to them, and what they say first is; %s comes first",
  async (sooner) => {
    const { own, line, lineUp } = stage();
    own.follow(1);
    await lineUp();
    const before = await line(0);
    own.say(body(1));
    await vi.waitFor(() => expect(numbers(before)).toEqual([1]));
    if (sooner === "the end of the talk") {
      before.told.close();
      await vi.waitFor(() => expect(before.told.closed).toBe(true));
    }
    own.follow(2);
    own.say(body(2));
    before.told.close();
    const after = await line(1);
    expect(after.name).not.toBe(before.name);
    expect(after.ticket).not.toBe(before.ticket);
    await vi.waitFor(() => expect(generations(after)).toEqual([2]));
  },
);

test("a round that changed while the line was away", async () => {
  const { own, line, lineUp, lineGone } = stage();
  own.follow(1);
  await lineUp();
  await line(0);
  lineGone();
  own.say(body(1));
  own.follow(2);
  own.say(body(2));
  await lineUp();
  await vi.waitFor(async () => expect(generations(await line(1))).toEqual([2]));
});

test("refused for once, it listens again with the hub's next word", async () => {
  const { own, line, lineUp, refuse, talkings } = stage();
  refuse("consult.notYours");
  own.follow(1);
  await lineUp();
  own.say(body(1));
  await vi.waitFor(async () => {
    refuse(undefined);
    own.follow(1);
    expect(generations(await line(0))).toEqual([1]);
  });
  own.follow(1);
  expect(talkings).toHaveLength(1);
});

test("one that the hub did not pass on holds up nothing behind it", async () => {
  const { own, line, lineUp } = stage();
  own.follow(1);
  await lineUp();
  own.say(body(1));
  const only = await line(0);
  await vi.waitFor(() => expect(numbers(only)).toEqual([1]));
  only.told.push({ heard: 1, refused: { n: 1, code: "consult.fingerprint" } });
  own.say(body(2));
  await vi.waitFor(() => expect(numbers(only)).toEqual([1, 2]));
});

test("a relative does not talk; what they tell the room has a ticket of the line", async () => {
  const { own, lineUp, lineGone, talkings } = stage({ talks: false });
  own.follow(1);
  await lineUp();
  const ticket = await own.ticket();
  expect(await own.ticket()).toBe(ticket);
  lineGone();
  await expect(own.ticket()).rejects.toMatchObject({ data: { code: "wire.closed" } });
  await lineUp();
  expect(await own.ticket()).not.toBe(ticket);
  own.follow(2);
  expect(talkings).toEqual([]);
});

test("the ticket that came with the call is used at once; one that waited for too long is asked for anew", async () => {
  const { own, line, lineUp } = stage({ ticket: "with the call" });
  await lineUp();
  own.follow(1);
  expect((await line(0)).ticket).toBe("with the call");

  const late = stage({ ticket: "waited" });
  late.refuse("consult.notYours");
  await late.lineUp();
  late.own.follow(1);
  await vi.waitFor(() => expect(late.refused).toEqual(["waited", "t1"]));
});
