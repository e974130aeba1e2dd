import { expect, test } from "vitest";
import { Feed, Story, Trail } from "../../station/feed.ts";

test("a feed starts with the present value, and a reader that slept gets only the newest", async () => {
  const feed = new Feed(1);
  const reader = feed.read();
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  feed.set(2);
  feed.set(3);
  expect(await reader.next()).toEqual({ done: false, value: 3 });
});

test("a reader that waits is told of the next value", async () => {
  const feed = new Feed("a");
  const reader = feed.read();
  await reader.next();
  const waiting = reader.next();
  feed.set("b");
  expect(await waiting).toEqual({ done: false, value: "b" });
});

test("an aborted reader ends at once, also while it waits", async () => {
  const leaving = new AbortController();
  const reader = new Feed(1).read(leaving.signal);
  await reader.next();
  const waiting = reader.next();
  leaving.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await new Feed(1).read(leaving.signal).next()).toEqual({ done: true, value: undefined });
});

test("returning ends a pending next: a generator would wait for ever", async () => {
  const reader = new Feed(1).read();
  await reader.next();
  const waiting = reader.next();
  await reader.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("a closed feed gives what is left, then ends; later values are not taken", async () => {
  const feed = new Feed(1);
  const reader = feed.read();
  feed.set(2);
  feed.close();
  feed.set(3);
  expect([await reader.next(), await reader.next()]).toEqual([
    { done: false, value: 2 },
    { done: true, value: undefined },
  ]);
});

test("a story is whole for every reader, early or late", async () => {
  const story = new Story<number>();
  const collect = async (): Promise<number[]> => {
    const all: number[] = [];
    for await (const event of story.read()) all.push(event);
    return all;
  };
  const early = collect();
  story.push(1);
  story.push(2);
  story.close();
  expect([await early, await collect()]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("a trail gives a slow reader the newest it still has, and every event to one who keeps up", async () => {
  const trail = new Trail<number>(3);
  const reader = trail.read();
  trail.push(1);
  expect((await reader.next()).value).toBe(1);
  for (const event of [2, 3, 4, 5, 6]) trail.push(event);
  trail.close();
  const left: number[] = [];
  for await (const event of reader) left.push(event);
  expect(left).toEqual([4, 5, 6]);
});

test("what passes by is heard by who reads, and only its last moment by who comes later", async () => {
  const story = new Story<string>();
  const early: string[] = [];
  const reading = (async () => {
    for await (const event of story.read()) early.push(event);
  })();
  story.push("begun");
  for (let sample = 0; sample < 1_000; sample += 1) {
    story.pass(`sample ${sample}`);
    if (sample % 50 === 0) await Promise.resolve();
  }
  story.push("ended");
  story.close();
  await reading;
  const late: string[] = [];
  for await (const event of story.read()) late.push(event);
  expect(late[0]).toBe("begun");
  expect(late.at(-1)).toBe("ended");
  expect(late.length).toBeLessThan(140);
  expect(late.slice(-3, -1)).toEqual(["sample 998", "sample 999"]);
  expect(early.length).toBeGreaterThanOrEqual(late.length);
  expect(early.at(-1)).toBe("ended");
});

test("a reader who keeps up hears every sample", async () => {
  const story = new Story<number>();
  const reader = story.read();
  for (let sample = 0; sample < 500; sample += 1) {
    story.pass(sample);
    expect(await reader.next()).toEqual({ done: false, value: sample });
  }
  story.close();
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});
