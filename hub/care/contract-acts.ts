import { v5 as uuidv5 } from "uuid";
import { askedIn, endedIn } from "../../core/care/contract-proof.ts";
import type { Contract } from "../../core/care/contract.ts";
import type { CareMove } from "../../core/care/records.ts";
import type { Signature } from "../../core/care/signed.ts";
import { instant } from "../../core/domain/time.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, type Shipped } from "../../core/journal/withheld.ts";
import type { HubParts } from "../api/context.ts";
import { sha256 } from "../store/secrets.ts";
import { isFamilyDoctor, teamOf } from "./contracts.ts";

/** Namespace of the answers to what is no contract: the same entry, shipped again, is answered once. */
const answers = "0c7d5a52-52f7-5d0e-9c5e-6a4c2a0f9d11";

/**
 * Finds the residents' acts in what a station shipped. This is the only place where a contract begins or is ended: out of an entry
 * in the signed chain of a station where that person is registered, with the visit behind it. What is there already stays.
 */
export async function hearContracts(hub: HubParts, station: string, entries: readonly Shipped[]): Promise<void> {
  for (const entry of entries) {
    if (isWithheld(entry)) continue;
    if (entry.type === "contract.asked") await hearAsked(hub, station, entry);
    if (entry.type === "contract.ended") await hearEnded(hub, station, entry);
  }
}

async function hearAsked(hub: HubParts, station: string, entry: Entry): Promise<void> {
  const { visit, subject } = entry;
  const contract = bodyOf(entry, "contract.asked")?.contract;
  if (visit === null || subject === null || contract === undefined || (await hub.care.record(contract))) return;
  const act = askedIn(await hub.records.entriesOfVisit(station, visit), entry, sha256);
  const isHere = (await hub.persons.person({ station, resident: subject })) !== undefined;
  const doctor = act && (await teamOf(hub, station)).find(({ id }) => id === act.doctor.id);
  if (!act || !isHere || !doctor || !isFamilyDoctor(doctor)) {
    hub.log.warn("contractWithoutAct", { station });
    const said = { contract, state: "declined", reason: "unknown", at: instant(hub.clock.now()), station } as const;
    await hub.records.append([
      {
        id: uuidv5(entry.id, answers),
        type: "contract.answered",
        actor: { role: "hub", id: hub.records.hub },
        subject,
        visit,
        body: said,
      },
    ]);
    hub.bus.announce(`inbox:${station}`);
    return;
  }
  const at = hub.clock.now();
  const actor = { role: "station", id: station };
  // Who asks another doctor waits for the first one no more.
  for (const id of await contractsOf(hub, subject, "asked")) {
    const input = { kind: "replace", by: station, at, with: contract } as const;
    await hub.care.move([{ of: "contract", id, input }], actor);
  }
  const { contract: id, doctor: _said, ...said } = act;
  await hub.care.open(
    {
      kind: "contract",
      at,
      by: station,
      text: {
        ...said,
        id,
        station,
        askedAt: Date.parse(entry.heardAt),
        doctor: { org: doctor.org, tier: doctor.tier, person: doctor.id, name: doctor.name },
      },
    },
    actor,
  );
}

async function hearEnded(hub: HubParts, station: string, entry: Entry): Promise<void> {
  const ended = endedIn(entry);
  const there = ended && (await hub.care.record(ended.contract));
  if (!ended || there?.kind !== "contract") return;
  const { resident } = there.record;
  // Their own, in whichever of their records it was signed.
  if (!(await hub.persons.allOf(ended.resident)).includes(resident)) return;
  const { contract: id, act } = ended;
  const input = { kind: "end", by: station, at: hub.clock.now(), act } as const;
  // Over already: nothing to do.
  await hub.care.move([{ of: "contract", id, input }], { role: "station", id: station });
}

/** Contracts of a person in one state, in whichever of their records. */
export async function contractsOf(
  hub: HubParts,
  resident: string,
  state: "asked" | "active",
): Promise<readonly string[]> {
  const records = await Promise.all((await hub.persons.allOf(resident)).map((one) => hub.care.ofResident(one)));
  return records
    .flat()
    .flatMap(({ kind, record }) => (kind === "contract" && record.state === state ? [record.id] : []));
}

/** The doctor said yes and signed: this one stands, and no other of the same person. One that it goes on with lasts to its end. */
export async function acceptance(
  hub: HubParts,
  contract: Contract,
  signature: Signature,
): Promise<readonly CareMove[]> {
  const at = hub.clock.now();
  const { id, resident, agreement, doctor } = contract;
  const by = doctor.person;
  const others = (await contractsOf(hub, resident, "active")).filter((other) => other !== id);
  const before = others.find((other) => other === agreement?.renews);
  const there = before === undefined ? undefined : await hub.care.record(before);
  const from = there?.kind === "contract" && there.record.doctor.person === by ? there.record.until : undefined;
  return [
    ...others.map((other) => ({
      of: "contract" as const,
      id: other,
      input: { kind: "replace" as const, by, at, with: id },
    })),
    { of: "contract", id, input: { kind: "accept", by, at, signature, ...(from === undefined ? {} : { from }) } },
  ];
}
