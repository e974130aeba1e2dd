import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { admit, emptyHead, entryAfter, sameContent } from "../../../core/journal/append.ts";
import { canonical, firstBreak, headText } from "../../../core/journal/chain.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const offered: NewEntry = {
  id: "01a20000-0000-7000-8000-000000000001",
  type: "device.faulted",
  actor: { role: "station", id: "host" },
  subject: null,
  visit: null,
  body: { device: "cuff-1", code: "device.silent" },
};
const stamp = { heardAt: Date.UTC(2026, 0, 1, 8, 30), monoMs: 1.5 };
const head = emptyHead("station-1");

test("the canonical form sorts members, drops what is undefined and knows no white space", () => {
  expect(canonical({ b: [1, undefined, "é"], a: { y: null, x: undefined, w: -0 } })).toBe(
    '{"a":{"w":0,"y":null},"b":[1,null,"é"]}',
  );
});

test("the hash of a known entry stays what it is: both sides of the wire and every later version agree on it", () => {
  const entry = entryAfter(head, offered, stamp, sha256);
  expect(entry).toEqual({
    ...offered,
    owner: "station-1",
    seq: 1,
    heardAt: "2026-01-01T08:30:00.000Z",
    monoMs: 1.5,
    prevHash: "0".repeat(64),
    hash: sha256(
      '{"actor":{"id":"host","role":"station"},"body":{"code":"device.silent","device":"cuff-1"},"heardAt":"2026-01-01T08:30:00.000Z",' +
        '"id":"01a20000-0000-7000-8000-000000000001","monoMs":1.5,"owner":"station-1",' +
        `"prevHash":"${"0".repeat(64)}","seq":1,"subject":null,"type":"device.faulted","visit":null}`,
    ),
  });
});

test("entries that follow each other make a chain, and a changed one breaks it at its place", () => {
  const first = entryAfter(head, offered, stamp, sha256);
  const second = entryAfter(first, { ...offered, id: "01a20000-0000-7000-8000-000000000002" }, stamp, sha256);
  const third = entryAfter(second, { ...offered, id: "01a20000-0000-7000-8000-000000000003" }, stamp, sha256);
  expect(firstBreak([first, second, third], head, sha256)).toBeUndefined();
  expect(firstBreak([first, { ...second, visit: "another" }, third], head, sha256)).toEqual({ seq: 2, why: "hash" });
  expect(firstBreak([first, third], head, sha256)).toEqual({ seq: 2, why: "gap" });
});

test("a member given as undefined is the same as one not given", () => {
  const [bare, wordy] = [offered, { ...offered, body: { ...offered.body, detail: undefined } }];
  expect(entryAfter(head, wordy, stamp, sha256)).toEqual(entryAfter(head, bare, stamp, sha256));
});

test("what the journal adds itself is no part of the content; everything else is", () => {
  const kept = entryAfter(head, offered, stamp, sha256);
  expect(sameContent(kept, offered)).toBe(true);
  expect(sameContent(kept, { ...offered, body: { device: "cuff-1", code: "device.pump" } })).toBe(false);
  expect(sameContent(kept, { ...offered, visit: "visit-1" })).toBe(false);
});

test("admitting names the field and the rule, not the value", () => {
  expect(admit({ ...offered, body: { device: 7, code: "x" } })).toEqual({
    ok: false,
    why: "body.device: invalid_type",
  });
  expect(admit({ ...offered, type: "device.sang" })).toEqual({ ok: false, why: "type: device.sang is unknown" });
});

test("a head's text says what it is for, so that no other signature can stand for it", () => {
  expect(headText("station-1", 3, "ab")).toBe('{"hash":"ab","owner":"station-1","purpose":"journal-head","seq":3}');
});
