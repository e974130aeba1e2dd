import { expect, test } from "vitest";
import type { ShownContract } from "../../../core/contract/visit-doctor.ts";
import { agreementOnPaper } from "../../../station/visits/agreement-paper.ts";
import { agreementFor } from "../../hub/contracts-kit.ts";

const id = "018f0000-0000-7000-8000-0000000000c1";
const doctor = { id: "li", name: "样本李", org: "样本卫生院" };
const agreement = agreementFor(id, "r", doctor, {
  fee: { yuan: 20, payer: "resident", says: { zh: "到院时交", en: "paid at the practice" } },
});
const contract: ShownContract = {
  id,
  doctor,
  state: "asked",
  stage: "signed",
  at: "2026-03-02T08:00:00.000Z",
  agreement,
};
const act = { hash: `${"ab".repeat(8)}${"cd".repeat(24)}`, askedAt: "2026-03-02T17:00:00.000Z", zoneMinutes: 480 };

const linesOf = (one: ShownContract, language: "zh-CN" | "en") => {
  const page = agreementOnPaper(one, { ...act, language });
  return page && [page.sentence, ...page.results.flatMap(({ name, notes }) => [name, ...notes]), ...page.next];
};

test.each([
  [
    "zh-CN",
    [
      "家庭医生：样本李，样本卫生院",
      "有事打电话：0500-1000002",
      "服务包：基本服务包",
      "一年20元。",
      "钱由您自己出。",
      "到院时交",
      "选谁由您自己定。",
      "居民本人签：2026-03-03",
      "核对码：abababababababab",
      "现在：等医生答应",
    ],
  ],
  [
    "en",
    [
      "Package: Basic package",
      "Yuan a year: 20.",
      "You pay this yourself.",
      "paid at the practice",
      "Whom you choose is up to you.",
      "Now: waiting for the doctor",
    ],
  ],
] as const)("on paper stands all that was agreed to, in %s", (language, lines) => {
  expect(linesOf(contract, language)).toEqual(expect.arrayContaining([...lines]));
});

test("one that stands says until when, one that is over that it is", () => {
  const until = "2027-03-02T17:00:00.000Z";
  expect(linesOf({ ...contract, state: "active", stage: "active", until }, "zh-CN")).toContain(
    "现在：医生已签，生效，到2027-03-03",
  );
  expect(linesOf({ ...contract, state: "expired", stage: "ended" }, "zh-CN")).toContain("现在：已经到期或退掉，不算了");
});

test("of before there were agreements there is nothing to print", () => {
  const { agreement: _agreement, ...before } = contract;
  expect(agreementOnPaper(before, { ...act, language: "en" })).toBeUndefined();
});
