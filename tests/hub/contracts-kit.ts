import { v7 as uuidv7 } from "uuid";
import { agreementHash, type Agreement } from "../../core/care/agreement.ts";
import { contractVersion } from "../../core/care/contract-act.ts";
import type { ContractText } from "../../core/care/contract.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { HubParts } from "../../hub/api/context.ts";
import { sha256 } from "../../hub/store/secrets.ts";

/** A specimen of what is signed. */
export const agreementFor = (
  contract: string,
  resident: string,
  doctor: Agreement["doctor"],
  more: Partial<Agreement> = {},
): Agreement => ({
  text: contractVersion,
  contract,
  resident,
  doctor,
  team: [{ role: "villageDoctor", name: "Specimen", org: "Village" }],
  phone: "0500-1000002",
  package: {
    id: "general",
    type: "everybody",
    specimen: true,
    name: { zh: "基本服务包", en: "Basic package" },
    contains: [{ zh: "提醒和关心", en: "Reminders and advice", timesAYear: 12 }],
  },
  fee: { yuan: 0, payer: "publicHealth" },
  date: "2026-03-02",
  months: 12,
  place: { name: "Kiosk", place: "Village" },
  words: [{ zh: "选谁由您自己定。", en: "Whom you choose is up to you." }],
  ...more,
});

/** What somebody asked for at a station, before there were agreements. */
export const contractText = (id: string, resident: string, doctor: ContractText["doctor"]): ContractText => ({
  id,
  resident,
  station: "s",
  visit: "v",
  askedAt: Date.UTC(2026, 2, 2, 8),
  act: "touch",
  identity: "card",
  text: "2026-11",
  language: "zh-CN",
  doctor,
});

/** A contract that stands, as if a station had shipped its act and the doctor had accepted it. */
export async function contractedWith(parts: HubParts, resident: string, doctor: string): Promise<string> {
  const id = uuidv7();
  const practice = (await parts.directory.account(doctor))?.practice;
  const owner = { org: practice?.org ?? "nowhere", tier: practice?.tier ?? "township" } as const;
  const actor = { role: "doctor", id: doctor };
  const at = parts.clock.now();
  const text = contractText(id, resident, { ...owner, person: doctor, name: doctor });
  await parts.care.open({ kind: "contract", at, by: "s", text }, actor);
  const kept = await parts.care.move([{ of: "contract", id, input: { kind: "accept", at, by: doctor } }], actor);
  if (!kept.ok) throw new Error(kept.code);
  return id;
}

/** A visit in which a person is recognized by card and chooses a doctor by touch; each part can be made otherwise. */
export function chosen(
  resident: string,
  doctor: { readonly id: string; readonly name: string; readonly org: string },
  other: {
    readonly registered?: boolean;
    readonly opened?: "guest" | "resident";
    readonly way?: "card" | "code" | "phone" | null;
    readonly said?: "card" | "code" | "phone";
    readonly helper?: "relative" | "villageDoctor";
    readonly saidHelper?: "relative" | "villageDoctor" | "none";
    readonly actor?: NewEntry["actor"];
    readonly closed?: boolean;
    readonly text?: string;
    readonly id?: string;
    /** What the agreement says otherwise, or `none`: an act of before there were agreements. */
    readonly agreement?: Partial<Agreement> | "none";
    /** The text was changed after the act. */
    readonly hash?: string;
    readonly explainedAt?: string;
  } = {},
): { readonly contract: string; readonly visit: string; readonly entries: readonly NewEntry[] } {
  const [visit, contract] = [uuidv7(), uuidv7()];
  const { opened = "resident", way = "card", said = way ?? "card", helper, saidHelper = helper } = other;
  const actor = { role: "resident", id: resident };
  const about = { actor, subject: resident, visit };
  const withHelper = (one: typeof saidHelper) => (one === undefined || one === "none" ? {} : { helper: one });
  const facts = { diabetes: "unknown", hypertension: false, pregnant: false } as const;
  const body = {
    id: resident,
    name: `Specimen ${resident}`,
    sex: "male",
    birthYear: 1950,
    facts,
    specimen: true,
  } as const;
  const agreement =
    other.agreement === "none"
      ? undefined
      : agreementFor(contract, resident, doctor, { text: other.text ?? contractVersion, ...other.agreement });
  const signed =
    agreement === undefined
      ? {}
      : {
          agreement,
          hash: other.hash ?? agreementHash(agreement, sha256),
          explainedAt: other.explainedAt ?? "2026-03-02T07:59:00.000Z",
        };
  const entries: readonly NewEntry[] = [
    ...(other.registered === false
      ? []
      : [{ id: uuidv7(), type: "resident.registered" as const, actor, subject: resident, visit: null, body }]),
    { ...about, id: visit, type: "visit.opened", body: { kind: opened } },
    {
      ...about,
      id: uuidv7(),
      type: "resident.recognized",
      body: { ...(way === null ? {} : { way }), ...withHelper(helper) },
    },
    ...(other.closed === true
      ? [{ ...about, id: uuidv7(), type: "visit.closed" as const, body: { reason: "left" as const } }]
      : []),
    {
      ...about,
      actor: other.actor ?? actor,
      id: other.id ?? contract,
      type: "contract.asked",
      body: {
        contract,
        doctor: { id: doctor.id, name: doctor.name, org: doctor.org },
        act: "touch",
        identity: said,
        ...withHelper(saidHelper),
        text: other.text ?? contractVersion,
        language: "zh-CN",
        ...signed,
      },
    },
  ];
  return { contract, visit, entries };
}
