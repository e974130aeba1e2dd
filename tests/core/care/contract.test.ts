import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { agreementHash, agreementSchema, monthsLater, renewalMs } from "../../../core/care/agreement.ts";
import { drawUp, explain, sign } from "../../../core/care/ceremony.ts";
import { contractTerms, contractVersion } from "../../../core/care/contract-act.ts";
import {
  contractInputSchema,
  contractSchema,
  contractSteps,
  moveContract,
  openContract,
  stageOf,
  type ContractState,
} from "../../../core/care/contract.ts";
import { plainCalendar } from "../../../core/care/hours.ts";
import { feeOf, packageGroups, packageSchema, packagesFor, type ServicePackage } from "../../../core/care/packages.ts";
import { contractBodies } from "../../../core/journal/contract-bodies.ts";
import { catalogues } from "../../../core/i18n/message.ts";
import { agreementFor, contractText } from "../../hub/contracts-kit.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const id = "018f0000-0000-7000-8000-0000000000c1";
const agreement = agreementFor(id, "r", { id: "li", name: "Li", org: "T" });
const owner = { org: "township", tier: "township", person: "li", name: "Li" } as const;
const day = Date.UTC(2026, 10, 22, 8);

describe("the ceremony", () => {
  const drawn = drawUp("v", agreement, sha256);
  const { hash } = drawn;
  const heard = explain(drawn, { visit: "v", hash, at: 5 });
  const explained = heard.ok ? heard.ceremony : drawn;

  test("goes from the drawn-up text by its being read out to the act", () => {
    expect([drawn.state, explained.state, explained.explainedAt]).toEqual(["draft", "explained", 5]);
    expect(sign(explained, { visit: "v", hash })).toMatchObject({ ok: true, ceremony: { state: "signed" } });
  });

  test.each([
    ["nothing was drawn up", undefined, "v", hash],
    ["it was not read out", drawn, "v", hash],
    ["the text is another one", explained, "v", "0".repeat(64)],
    ["the visit is another one", explained, "w", hash],
    ["it is signed already", { ...explained, state: "signed" as const }, "v", hash],
  ] as const)("nothing is signed where %s", (_why, there, visit, of) => {
    expect(sign(there, { visit, hash: of })).toEqual({ ok: false, code: "care.changed" });
  });

  test("another text is not explained by this one", () => {
    expect(explain(drawn, { visit: "v", hash: "0".repeat(64), at: 5 }).ok).toBe(false);
    expect(explain(drawn, { visit: "w", hash, at: 5 }).ok).toBe(false);
  });
});

describe("the text", () => {
  test.each([
    ["the fee", { fee: { yuan: 1, payer: "publicHealth" } }],
    ["who pays", { fee: { yuan: 0, payer: "insurance" } }],
    ["the term", { months: 13 }],
    ["the telephone", { phone: "1 2 0" }],
    ["a word", { words: [{ zh: "甲", en: "Whom you choose is up to you." }] }],
  ] as const)("has another hash where %s is another", (_what, more) => {
    expect(agreementHash(agreementSchema.parse({ ...agreement, ...more }), sha256)).not.toBe(
      agreementHash(agreement, sha256),
    );
  });

  // Whoever changes a word of it makes another version in `contract-act.ts`: what was signed says what it said.
  test("of this version is this one, in both languages", () => {
    const said = contractTerms.map((key) => [catalogues["zh-CN"][key], catalogues.en[key]]);
    expect([contractVersion, sha256(JSON.stringify(said))]).toMatchSnapshot();
  });
});

describe("how it stands", () => {
  const until = day + 100 * 86_400_000;
  test.each<[ContractState, number, string]>([
    ["asked", day, "signed"],
    ["active", day, "active"],
    ["active", until - renewalMs - 1, "active"],
    ["active", until - renewalMs, "renewalDue"],
    ["active", until - 1, "renewalDue"],
    ["active", until, "ended"],
    ["expired", until, "ended"],
    ["ended", day, "terminated"],
    ["changed", day, "terminated"],
    ["declined", day, "declined"],
  ])("%s at %d is %s", (state, now, stage) => {
    expect(stageOf(state, until, now)).toBe(stage);
  });

  test.each([
    ["2026-11-22T08:00:00.000Z", 12, "2027-11-22T08:00:00.000Z"],
    ["2028-02-29T08:00:00.000Z", 12, "2029-02-28T08:00:00.000Z"],
    ["2026-10-31T08:00:00.000Z", 4, "2027-02-28T08:00:00.000Z"],
  ])("%s and %d months is %s", (from, months, to) => {
    expect(new Date(monthsLater(Date.parse(from), months)).toISOString()).toBe(to);
  });
});

describe("the record", () => {
  const before = openContract(contractText(id, "r", owner), day);
  const now = openContract({ ...contractText(id, "r", owner), agreement, hash: agreementHash(agreement, sha256) }, day);
  const accept = { kind: "accept", by: "li", at: day } as const;

  test("with an agreement is not accepted without the doctor's signature", () => {
    expect(moveContract(now, accept)).toEqual({ ok: false, code: "care.noEvidence" });
  });

  test("of before there were agreements reads, is accepted as it was, and lasts its year", () => {
    expect(contractSchema.parse(before)).toEqual(before);
    expect(contractInputSchema.parse(accept)).toEqual(accept);
    expect(moveContract(before, accept)).toMatchObject({ ok: true, record: { until: day + 365 * 86_400_000 } });
    const { id: contract, resident: _r, station: _s, visit: _v, askedAt: _a, ...said } = contractText(id, "r", owner);
    const asked = { ...said, contract, doctor: { id: "li", name: "Li", org: "T" } };
    expect(contractBodies["contract.asked"].parse(asked)).toEqual(asked);
  });

  test("is reminded of once, from thirty days before its end on, and waits for the doctor then", () => {
    const active = moveContract(before, accept);
    if (!active.ok) throw new Error(active.code);
    const { until = 0 } = active.record;
    const remind = (at: number) => ({ kind: "remind", by: "h", at }) as const;
    expect(contractSteps(active.record, plainCalendar)).toEqual([]);
    expect(moveContract(active.record, remind(until - renewalMs - 1))).toEqual({ ok: false, code: "care.notNow" });
    const told = moveContract(active.record, remind(until - renewalMs));
    if (!told.ok) throw new Error(told.code);
    expect(told.record).toMatchObject({ state: "active", since: day });
    expect(contractSteps(told.record, plainCalendar)).toMatchObject([{ kind: "contract.renew", due: until }]);
    expect(moveContract(told.record, remind(until - 1))).toEqual({ ok: false, code: "care.notNow" });
  });
});

describe("packages", () => {
  const all: readonly ServicePackage[] = packageGroups.map((group) =>
    packageSchema.parse({
      id: `p-${group}`,
      specimen: true,
      group,
      name: { zh: group, en: group },
      contains: [{ zh: "提醒", en: "Reminders" }],
      price: { kind: "free" },
      source: "test",
    }),
  );
  const nobody = { ageYears: 40, hypertension: false, diabetes: false, pregnant: false };

  test("are the general one and the nine of the focus groups", () => {
    expect(packageGroups).toHaveLength(10);
  });

  test.each([
    [nobody, ["everybody"]],
    [{ ...nobody, ageYears: 70, hypertension: true }, ["hypertension", "elder", "everybody"]],
    [{ ...nobody, pregnant: true }, ["maternal", "everybody"]],
    [{ ...nobody, ageYears: 6 }, ["child", "everybody"]],
  ])("fit by what is known, and in an open room nothing else is offered: %o", (facts, groups) => {
    expect(packagesFor(all, facts).map(({ group }) => group)).toEqual(groups);
  });

  test.each([
    [{ kind: "free" }, { yuan: 0, payer: "publicHealth" }],
    [
      { kind: "paid", says: { zh: "二十元", en: "20" }, yuan: 20, payer: "resident" },
      { yuan: 20, payer: "resident" },
    ],
    [{ kind: "paid", says: { zh: "二十元", en: "20" } }, undefined],
  ])("what cannot be read out in numbers cannot be agreed to: %o", (price, fee) => {
    expect(feeOf(packageSchema.parse({ ...all[0], price }))).toEqual(fee);
  });
});
