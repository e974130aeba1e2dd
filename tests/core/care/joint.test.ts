import { expect, test } from "vitest";
import {
  drafted,
  hasSigned,
  newestOf,
  owing,
  refusedToConclude,
  refusedToSign,
  signed,
  type Joint,
  type JointText,
} from "../../../core/care/joint.ts";
import type { Signature } from "../../../core/care/signed.ts";

const joint = "019a0000-0000-7000-8000-0000000000a1";
const person = (id: string) => ({ id, name: id, role: "doctor" });
const textOf = (version: number, more: Partial<JointText> = {}): JointText => ({
  joint,
  version,
  call: "019a0000-0000-7000-8000-0000000000c1",
  visit: "v",
  station: "s",
  responsible: { id: "a", name: "a" },
  participants: ["a", "b", "c"].map(person),
  assessment: `A${String(version)}`,
  plan: "P",
  draftedAt: "2026-03-02T08:00:00.000Z",
  ...more,
});
const signatureOf = (id: string): Signature => ({
  of: "jointOpinion",
  by: person(id),
  at: "2026-03-02T08:01:00.000Z",
  algorithm: "Ed25519",
  publicKey: "k".repeat(43),
  legal: "test",
  certificate: {
    hub: "h",
    openedAt: "2026-03-02T08:00:00.000Z",
    until: "2026-03-02T08:10:00.000Z",
    signature: "s".repeat(86),
  },
  signature: "s".repeat(86),
});
const begun = (): Joint => {
  const first = drafted(undefined, textOf(1));
  if (!first) throw new Error("no first version");
  return first;
};
const second = (of: Joint): Joint => drafted(of, textOf(2)) ?? of;
const by = (of: Joint, version: number, ...people: readonly string[]) =>
  people.reduce((now, one) => signed(now, version, signatureOf(one)), of);

test("a joint opinion begins with its first version", () => {
  expect(drafted(undefined, textOf(2))).toBeUndefined();
});

test.each([1, 3])("version %i does not follow the first, and changes nothing", (version) => {
  const before = begun();
  expect(drafted(before, textOf(version, { plan: "another" }))).toBe(before);
});

test("a signature stays under the version it was given for, once", () => {
  const now = by(second(by(begun(), 1, "b", "b")), 1, "c");
  expect(now.versions.map(({ signatures }) => signatures.map((one) => one.by.id))).toEqual([["b", "c"], []]);
  expect(hasSigned(newestOf(now), "b")).toBe(false);
});

test.each([
  { who: "b", version: 2, code: undefined },
  { who: "b", version: 1, code: "care.changed" },
  { who: "b", version: 3, code: "care.changed" },
  { who: "stranger", version: 2, code: "care.notYours" },
])("$who signs version $version of two: $code", ({ who, version, code }) => {
  expect(refusedToSign(second(begun()), version, who)).toBe(code);
});

test.each([
  { name: "all signed", who: "a", signers: ["a", "b", "c"], dissents: [], code: undefined },
  { name: "one dissented", who: "a", signers: ["a", "b"], dissents: [{ by: "c", version: 1 }], code: undefined },
  {
    name: "one dissented from another version",
    who: "a",
    signers: ["a", "b"],
    dissents: [{ by: "c", version: 2 }],
    code: "care.notNow",
  },
  { name: "one is silent", who: "a", signers: ["a", "b"], dissents: [], code: "care.notNow" },
  {
    name: "the responsible one only dissented",
    who: "a",
    signers: ["b", "c"],
    dissents: [{ by: "a", version: 1 }],
    code: "care.notNow",
  },
  { name: "another one asks", who: "b", signers: ["a", "b", "c"], dissents: [], code: "care.notYours" },
])("concluding when $name: $code", ({ who, signers, dissents, code }) => {
  expect(refusedToConclude(by(begun(), 1, ...signers), 1, who, dissents)).toBe(code);
});

test("concluding an outdated version is refused", () => {
  expect(refusedToConclude(second(by(begun(), 1, "a", "b", "c")), 1, "a", [])).toBe("care.changed");
});

test("who neither signed nor dissented is owing", () => {
  expect(owing(by(begun(), 1, "a"), ["c"]).map(({ id }) => id)).toEqual(["b"]);
});
