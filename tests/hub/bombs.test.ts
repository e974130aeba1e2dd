import { afterAll, beforeAll, expect, test } from "vitest";
import { messageBytes } from "../../core/contract/hub.ts";
import { readMessage } from "../../hub/wire/envelope.ts";
import { Town } from "./parties.ts";
import { connectionOf } from "./swaps/sessions.ts";

/**
 * Test 40 of the reliability list: texts that are small on the wire and large in a program, or change what objects are. What is
 * larger than a page may send at all never gets here; `malformed.test.ts` sends it.
 */
const mostMs = 5;
/** Where the machine is slow: so many times what reading such a text as JSON takes it, and no more. */
const mostReadings = 5;
const id = "00000000-0000-7000-8000-000000000000";
const ask = (path: string, json: string, more = "") => `{"i":"1","p":{"u":"${path}","b":{"json":${json}${more}}}}`;
const nested = (open: string, close: string, depth: number, core = "1") =>
  `${open.repeat(depth)}${core}${close.repeat(depth)}`;
const get = (number: string) => ask("/blob/get", `{"blob":"${id}","offset":${number},"length":1}`);

const bombs: Readonly<Record<string, string>> = {
  "lists in lists, instead of a message": nested("[", "]", 10_000),
  "lists in lists, in a call": ask("/call/watch", nested("[", "]", 10_000)),
  "objects in objects, in a call": ask("/call/watch", nested('{"a":', "}", 9_000)),
  "objects in a field": ask("/call/watch", `{"call":${nested('{"call":', "}", 6_000)}}`),
  "a text as long as a message may be": ask("/call/watch", `{"call":"${"x".repeat(messageBytes.page - 200)}"}`),
  "a number of so many digits": get("9".repeat(60_000)),
  "keys by the thousand": ask("/call/watch", `{${Array.from({ length: 5_000 }, (_, nth) => `"k${nth}":1`).join(",")}}`),
  "the same key twice": ask("/call/watch", `{"call":"${id}","call":"x"}`),
  "more than a number can be": get("1e400"),
  "less than nothing": get("-1e400"),
  "a zero with a sign": get("-0"),
  "a prototype": ask("/call/watch", `{"__proto__":{"polluted":1},"call":"${id}"}`),
  "a constructor": ask("/call/watch", `{"constructor":{"prototype":{"polluted":1}},"call":"${id}"}`),
  "a prototype among the types": ask("/call/watch", `{"call":"${id}"}`, `,"meta":[[1,"__proto__","polluted"]]`),
  "types of a depth": ask("/call/watch", `{"call":"${id}"}`, `,"meta":[[1${',"a"'.repeat(10_000)}]]`),
};

function readingMs(text: string): number {
  const began = performance.now();
  try {
    JSON.parse(text);
  } catch {
    // Not every bomb is JSON.
  }
  return performance.now() - began;
}

let town: Town;
let doctor: string;
beforeAll(async () => {
  town = await Town.open();
  doctor = (await town.person("li")).id;
});
afterAll(() => town.end());

test.each(Object.entries(bombs))("%s: refused within 5 ms, and objects stay what they are", async (_what, text) => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const times: number[] = [];
  const readings: number[] = [];
  for (let nth = 0; nth < 9; nth += 1) {
    const told: string[] = [];
    const connection = connectionOf({ town, parts: town.hub.parts }, { role: "doctor", id: doctor }, (one) =>
      told.push(one),
    );
    readings.push(readingMs(text));
    const began = performance.now();
    const message = readMessage(text);
    if (message) await connection.hear(message);
    times.push(performance.now() - began);
    connection.close();
    expect(told.filter((one) => !/"s":4\d\d|"e":"error"/.test(one) && !one.includes("event-stream"))).toEqual([]);
    expect(message === undefined || told.length > 0).toBe(true);
  }
  // The quickest: that the machine pauses is nobody's bomb.
  expect(Math.min(...times)).toBeLessThanOrEqual(Math.max(mostMs, mostReadings * Math.min(...readings)));
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as Readonly<Record<string, unknown>>).polluted).toBeUndefined();
});
