import { createHash } from "node:crypto";
import { implement } from "@orpc/server";
import general from "../../../resources/services/general.json" with { type: "json" };
import { agreementHash } from "../../../core/care/agreement.ts";
import { contractVersion } from "../../../core/care/contract-act.ts";
import { moveContract, openContract, type Contract } from "../../../core/care/contract.ts";
import { packageSchema } from "../../../core/care/packages.ts";
import type { Task } from "../../../core/care/tasks.ts";
import { hubContract } from "../../../core/contract/hub.ts";
import { agreementOf } from "../../../station/visits/agreement.ts";
import { specimenSignature } from "./fake-work.ts";
import { Followed } from "./followed.ts";
import { township } from "./work-specimens.ts";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
const phone = "0500-1000002";
const member = (id: string, name: string, role: "doctor" | "villageDoctor") =>
  ({ id, name, role, ...township, orgName: "清溪镇卫生院", phone }) as const;

/** Signed at an invented station by an invented resident, and waiting for the doctor. */
export function askedContract(id: string, resident: string, now: number): Contract {
  const agreement = agreementOf({
    contract: id,
    renews: undefined,
    resident,
    doctor: member("doc-1", "林若水", "doctor"),
    team: [member("v1", "周秀芬", "villageDoctor")],
    package: packageSchema.parse(general),
    date: new Date(now).toISOString().slice(0, 10),
    place: { name: "健康E站", place: "清溪村" },
    dutyPhone: undefined,
  });
  if (!agreement) throw new Error("no agreement");
  return openContract(
    {
      id,
      resident,
      station: "018f0000-0000-7000-8000-00000000e001",
      visit: "018f0000-0000-7000-8000-00000000e002",
      askedAt: now,
      act: "touch",
      identity: "card",
      text: contractVersion,
      language: "zh-CN",
      agreement,
      hash: agreementHash(agreement, sha256),
      explainedAt: new Date(now).toISOString(),
      doctor: { org: township.org, tier: township.tier, person: "doc-1", name: "林若水" },
    },
    now,
  );
}

/** Accepted `at`; within its last thirty days it was reminded of. */
export function standingContract(asked: Contract, at: number): Contract {
  const signature = specimenSignature("contract", asked.doctor.name);
  const moved = moveContract(asked, { kind: "accept", by: asked.doctor.person, at, signature });
  if (!moved.ok) throw new Error(moved.code);
  const told = moveContract(moved.record, { kind: "remind", by: "hub", at: Date.now() });
  return told.ok ? told.record : moved.record;
}

export const contractTask = (contract: Contract, kind: "contract.answer" | "contract.renew", now: number): Task => ({
  id: `${contract.id}:${kind}`,
  about: { kind: "contract", id: contract.id },
  kind,
  resident: contract.resident,
  owner: { org: contract.doctor.org, tier: contract.doctor.tier, person: contract.doctor.person },
  madeAt: now - 86_400_000,
  due: now + 86_400_000,
  climbAt: now + 172_800_000,
  pace: { ms: 86_400_000 },
  missed: 0,
  state: "open",
});

/** Contracts of the doctor who signs in, whose key is open. */
export function fakeContracts(start: readonly Contract[]) {
  const hub = implement(hubContract).$context<object>().contract;
  const contracts = new Followed<readonly Contract[]>(start);
  return {
    contracts,
    router: {
      mine: hub.mine.handler(async function* ({ signal }) {
        for await (const all of contracts.feed(signal)) yield [...all];
      }),
      accept: hub.accept.handler(({ input: { id }, errors }) => {
        const there = contracts.get().find((one) => one.id === id);
        if (!there) throw errors.FAULT({ data: { code: "care.unknown" } });
        const next = standingContract(there, Date.now());
        contracts.set(contracts.get().map((one) => (one.id === id ? next : one)));
        return next;
      }),
    },
  };
}
