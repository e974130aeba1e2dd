import { describe, expect, test } from "vitest";
import {
  actingFrames,
  allSessions,
  conversationOf,
  measuringSessions,
  parametersOf,
  stopsOf,
  tasksOf,
} from "../../../drivers/kit/conversation.ts";
import type { Conversation, Profile } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

const { stop: _stop, ...unstopped } = toy.session;
const said = (more: Partial<Conversation> = {}): Conversation => ({ ...unstopped, steps: [], ...more });
const stopBy = (send: string): NonNullable<Conversation["stop"]> => ({
  send,
  expect: ["stopped"],
  withinMs: 100,
  tries: 1,
});
const { sessionFor: _for, tasks: _tasks, ...bare } = toy;
const only: Profile = { ...bare, session: said({ stop: stopBy("stop") }) };
const several: Profile = {
  ...only,
  sessionFor: {
    oximetry: said({ stop: stopBy("streamOff") }),
    glucose: said({ stop: { ...stopBy("stop"), withinMs: 900 } }),
  },
  tasks: { open: said({ stop: stopBy("hello") }) },
};

describe("the sessions of a profile", () => {
  test("are one where there are no others", () => {
    expect(allSessions(only)).toEqual([{ path: "session", conversation: only.session }]);
    expect(tasksOf(only)).toEqual([]);
  });
  test("are told where they stand, those for measuring first", () => {
    expect(measuringSessions(several).map(({ path }) => path)).toEqual([
      "session",
      "sessionFor.oximetry",
      "sessionFor.glucose",
    ]);
    expect(allSessions(several).map(({ path, task }) => [path, task])).toEqual([
      ["session", undefined],
      ["sessionFor.oximetry", undefined],
      ["sessionFor.glucose", undefined],
      ["tasks.open", "open"],
    ]);
    expect(tasksOf(several)).toEqual(["open"]);
  });
  test("are found by what is to be done", () => {
    expect(conversationOf(several, {})).toBe(several.session);
    expect(conversationOf(several, { of: "bloodPressure" })).toBe(several.session);
    expect(conversationOf(several, { of: "oximetry" })).toBe(several.sessionFor?.oximetry);
    expect(conversationOf(several, { of: "oximetry", task: "open" })).toBe(several.tasks?.open);
    expect(conversationOf(only, { of: "oximetry" })).toBe(only.session);
  });
  test.each([only, several])("a task that is not there is a bug of whoever asks", (profile) => {
    expect(() => conversationOf(profile, { task: "setClock" })).toThrow("toy-one has no task setClock");
  });
});

test("every way to stop a measuring is told once, the first one's way; what stops a task is no measuring", () => {
  expect(stopsOf(several)).toEqual([stopBy("stop"), stopBy("streamOff")]);
  expect(stopsOf({ ...only, session: said() })).toEqual([]);
});

describe("of its steps", () => {
  const ask = { do: "ask", phase: "measuring", send: "start", expect: "started", withinMs: 100 } as const;
  const sessions = (...steps: Conversation["steps"]) => [{ path: "session", conversation: said({ steps }) }];
  test("those that act are known", () => {
    const listen: Conversation["steps"][number] = {
      do: "listen",
      phase: "measuring",
      until: ["pressures"],
      withinMs: 1,
    } as never;
    expect([
      ...actingFrames(
        sessions(
          { ...ask, acts: true } as never,
          { ...ask, send: "open" } as never,
          { ...ask, send: "look", acts: false } as never,
          listen,
        ),
      ),
    ]).toEqual(["start"]);
  });
  test("what must be handed in is named once, wherever it is written", () => {
    const door = { from: "door" } as const;
    const conversation = said({
      steps: [
        {
          ...ask,
          values: { a: door, b: 1, c: { clock: true } },
          also: { send: "open", values: { d: { from: "box" } } },
        },
        { ...ask, values: { a: door } },
        ask,
      ] as never,
      replies: { hi: { send: "got", values: { index: { from: "index" } } }, count: { send: "got" } },
      keepAlive: { send: "still", everyMs: 1, values: { index: { from: "pulse" } } },
    });
    expect(parametersOf(conversation)).toEqual(["door", "box", "index", "pulse"]);
    expect(parametersOf(said())).toEqual([]);
  });
});
