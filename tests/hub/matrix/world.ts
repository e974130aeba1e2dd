import { createRouterClient } from "@orpc/server";
import { v7 as uuidv7 } from "uuid";
import type { CareOpening, CareRecord } from "../../../core/care/records.ts";
import type { PatientFacts } from "../../../core/care/prescription-parts.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { roles, type Role } from "../../../core/rights.ts";
import { router } from "../../../hub/api/router.ts";
import { personRoles, type PersonRole } from "../../../hub/ports/directory.ts";
import { takerOf } from "../../../hub/calls/waiting.ts";
import type { Call } from "../../../hub/ports/calls.ts";
import type { StartEngine } from "../../../hub/rooms/engine.ts";
import { Sfu } from "../../../hub/rooms/werift/sfu.ts";
import { sha256 } from "../../../hub/store/secrets.ts";
import { contractedWith, contractText } from "../contracts-kit.ts";
import { Town, visitEntries, type HubClient, type StationParty } from "../parties.ts";

/** Of each role one who has part in the thing asked about, and one who has none. */
export type Side = "in" | "out";

export interface Party {
  readonly role: Role;
  readonly id: string;
  readonly client: HubClient;
  readonly practice?: Practice;
  readonly station?: StationParty;
}

const tiers: Partial<Record<PersonRole, Practice["tier"]>> = {
  villageDoctor: "village",
  doctor: "township",
  specialist: "county",
  pharmacist: "township",
  manager: "county",
  auditor: "county",
};

function practiceOf(role: PersonRole, side: Side): Practice | undefined {
  const tier = tiers[role];
  if (tier === undefined) return undefined;
  const org = side === "in" ? tier : `elsewhere-${tier}`;
  return { org, orgName: org, tier, licence: `S-${role}-${side}` };
}

export const patient: PatientFacts = {
  ageYears: 58,
  sex: "female",
  pregnant: "no",
  breastfeeding: "no",
  egfr: 80,
  liver: "normal",
  allergies: { asked: true, to: [] },
  conditions: [],
  taking: [],
  guardianPresent: false,
  pediatricDoctor: false,
};

type Opening<K extends CareRecord["kind"]> = Extract<CareOpening, { readonly kind: K }>;

/** One hub, everybody at it, and ways to make what they ask about. */
export class World {
  readonly town: Town;
  readonly #parties = new Map<string, Party>();

  private constructor(town: Town) {
    this.town = town;
  }

  static async open(): Promise<World> {
    const rooms: StartEngine = async (on) => {
      const sfu = new Sfu(on.event);
      return { ask: (command) => sfu.ask(command), stop: async () => undefined };
    };
    const world = new World(await Town.open({ rooms }));
    for (const side of ["in", "out"] as const) {
      for (const tier of ["village", "township", "county"] as const) {
        const id = side === "in" ? tier : `elsewhere-${tier}`;
        await world.parts.care.putOrg({ id, name: id, tier });
      }
      await Promise.all(
        roles.map(async (role) => world.#parties.set(`${role} ${side}`, await world.#come(role, side))),
      );
    }
    return world;
  }

  get parts() {
    return this.town.hub.parts;
  }

  party(role: Role, side: Side): Party {
    const found = this.#parties.get(`${role} ${side}`);
    if (!found) throw new Error(`${role} ${side}`);
    return found;
  }

  async #come(role: Role, side: Side): Promise<Party> {
    if (role === "station") {
      const station = await this.town.station(side);
      const { client } = await station.connect();
      station.write(...visitEntries("v", uuidv7()));
      await client.journal.ship(station.shipment());
      return { role, id: station.id, client, station };
    }
    const personRole = personRoles.find((one) => one === role);
    if (personRole === undefined) return this.#within(role);
    const practice = practiceOf(personRole, side);
    const person = await this.town.person(`${role}-${side}`, personRole, practice);
    const { client } = await person.connect();
    return { role, id: person.id, client, ...(practice ? { practice } : {}) };
  }

  /** A role that no account can have: asked behind the socket, where only the table is left to refuse it. */
  #within(role: Role): Party {
    const id = uuidv7();
    const who = { role, id, name: role, line: `person:${id}` } as const;
    const staysUntil = () => Promise.resolve(this.town.now() + 60_000);
    const context = { hub: this.parts, who, connection: uuidv7(), staysUntil, feeds: { open: 0 } };
    return { role, id, client: createRouterClient(router, { context }) };
  }

  /** A call of the station `in`, waiting for anybody. */
  async waiting(mode: "assisted" | "stored" = "assisted"): Promise<Call> {
    const id = uuidv7();
    const station = this.party("station", "in").id;
    await this.clear();
    await this.parts.desk.join({ id, station, visit: "v", mode, shownName: "S", severity: 0 });
    return this.call(id);
  }

  /** What earlier cells left waiting would have to be taken first, and who still has a consultation open has a relation. */
  async clear(): Promise<void> {
    const { calls, desk } = this.parts;
    for (const { id, station, clinician } of await calls.open()) {
      if (station) await desk.apply(id, { kind: "hangUp", id: station.id }, { role: "station", id: station.id });
      if (clinician) await desk.finish(id, clinician.id, "doctor", "solved");
    }
  }

  async call(id: string): Promise<Call> {
    const call = await this.parts.calls.find(id);
    if (!call) throw new Error(id);
    return call;
  }

  /** A running call in which the one `in` of this role has part: as owner, as station, or as one who was asked in. */
  async talk(role: Role, mode: "assisted" | "stored" = "assisted"): Promise<Call> {
    const { id } = await this.waiting(mode);
    const owner = this.party(role === "specialist" ? "specialist" : "doctor", "in");
    const taker = takerOf({ ...owner, name: owner.role }, owner.practice);
    const taken = taker && (await this.parts.desk.accept(id, taker));
    if (taken?.ok !== true) throw new Error("not taken");
    return role === "villageDoctor" || role === "family" ? this.guest(id, true, role) : this.call(id);
  }

  /** The village doctor `in`, or a relative, asked into a call of the doctor `in`; `joins`: and come. */
  async guest(id: string, joins: boolean, role: "villageDoctor" | "family" = "villageDoctor"): Promise<Call> {
    const owner = this.party("doctor", "in");
    const guest = this.party(role, "in").id;
    const who = { id: guest, kind: "person", name: "guest", role } as const;
    const { desk } = this.parts;
    await desk.apply(id, { kind: "invite", id: owner.id, who, handOver: false }, { role: "doctor", id: owner.id });
    if (joins) await desk.apply(id, { kind: "join", id: guest }, { role, id: guest });
    return this.call(id);
  }

  ticket({ id: call, round }: Call, person: string): string {
    return this.parts.tickets.issue({ call, person, round });
  }

  /** A picture of one byte in a call, begun by this one. */
  async blob(call: string, by: string, whole: boolean): Promise<string> {
    const id = uuidv7();
    const { blobs, clock } = this.parts;
    const picture = { kind: "still", media: "image/png", bytes: 1, hash: sha256("a") } as const;
    await blobs.begin({ id, call, ...picture, by, keptBy: by, at: clock.now() });
    if (whole) await blobs.put(id, 0, Buffer.from("a"));
    return id;
  }

  /** A resident in the care of the one `in` of this role. */
  async resident(role: Role): Promise<string> {
    const resident = uuidv7();
    await contractedWith(this.parts, resident, this.party(role, "in").id);
    return resident;
  }

  /** A resident in the care of the one `in` of this role, whom the station `in` has registered. */
  async registered(role: Role): Promise<string> {
    const { station, id } = this.party("station", "in");
    const resident = station?.journal[0]?.subject;
    if (typeof resident !== "string") throw new Error("nobody was registered");
    const at = this.town.now();
    const writer = this.party("doctor", "in");
    await this.clear();
    await contractedWith(this.parts, resident, this.party(role, "in").id);
    const text = {
      ...followUpDraft(uuidv7(), resident),
      station: id,
      doctor: ownerOf(writer),
      village: ownerOf(writer),
    };
    await this.parts.care.open({ kind: "followUp", at, by: writer.id, text }, { role: "doctor", id: writer.id });
    return resident;
  }

  /** A record of care that belongs to the institution of the one `in` of this role, on every side of it. */
  async record(kind: CareRecord["kind"], role: Role): Promise<string> {
    const writer = this.party(role === "pharmacist" ? "doctor" : role, "in");
    const at = this.town.now();
    const opening = openings[kind]({ id: uuidv7(), resident: uuidv7(), at, writer });
    const kept = await this.parts.care.open(opening, { role: writer.role, id: writer.id });
    if (!kept.ok) throw new Error(kept.code);
    return kept.value.record.id;
  }
}

interface Making {
  readonly id: string;
  readonly resident: string;
  readonly at: number;
  readonly writer: Party;
}

const ownerOf = ({ practice, id }: Party) => ({
  org: practice?.org ?? "township",
  tier: practice?.tier ?? "township",
  person: id,
});

const openings: { readonly [K in CareRecord["kind"]]: (of: Making) => Opening<K> } = {
  prescription: ({ id, resident, at, writer }) => ({
    kind: "prescription",
    at,
    by: writer.id,
    text: {
      ...prescriptionDraft(id, resident),
      revision: 1,
      doctor: { ...ownerOf(writer), name: "D" },
      catalogue: "1",
    },
  }),
  contract: ({ id, resident, at, writer }) => ({
    kind: "contract",
    at,
    by: "s",
    text: contractText(id, resident, { ...ownerOf(writer), name: writer.role }),
  }),
  wish: ({ id, resident, at, writer }) => {
    const { org, tier } = ownerOf(writer);
    const wanted = { kind: "followUp", week: "this", half: "morning", how: "phone" } as const;
    return { kind: "wish", at, by: "s", text: { id, resident, station: "s", wanted, owner: { org, tier } } };
  },
  talk: ({ id, resident, at, writer }) => {
    const { org, tier } = ownerOf(writer);
    const text = { id, resident, station: "s", why: "asked" as const, message: uuidv7(), owner: { org, tier } };
    return { kind: "talk", at, by: writer.id, text };
  },
  referral: ({ id, resident, at, writer }) => {
    const { org, tier, person } = ownerOf(writer);
    return {
      kind: "referral",
      at,
      by: writer.id,
      text: { ...referralDraft(id, resident), from: { org, tier, person }, to: { org, tier } },
    };
  },
  followUp: ({ id, resident, at, writer }) => ({
    kind: "followUp",
    at,
    by: writer.id,
    text: { ...followUpDraft(id, resident), doctor: ownerOf(writer), village: ownerOf(writer) },
  }),
  danger: ({ id, resident, at, writer }) => {
    const { org, tier } = ownerOf(writer);
    const text = { id, resident, station: "s", visit: "v", severity: 4, what: "symptom" } as const;
    return { kind: "danger", at, by: writer.id, text: { ...text, first: { org, tier }, doctor: { org, tier } } };
  },
  plan: ({ id, resident, at, writer }) => ({
    kind: "plan",
    at,
    by: writer.id,
    text: { ...planDraft(id, resident), doctor: ownerOf(writer) },
  }),
};

export const prescriptionDraft = (id: string, resident: string) => ({
  id,
  resident,
  pharmacy: { org: "township", tier: "township" as const },
  diagnosis: "Specimen",
  course: "ordinary" as const,
  items: [{ drug: "amlodipine-5", dose: { amount: 5, unit: "mg" as const }, timesPerDay: 1, days: 7, pieces: 7 }],
  patient,
});
export const referralDraft = (id: string, resident: string) => ({
  id,
  direction: "up" as const,
  priority: "urgent" as const,
  resident,
  to: { org: "county", tier: "county" as const },
  reasons: ["pressureStaysHigh" as const],
  summary: "Specimen",
});
export const followUpDraft = (id: string, resident: string) => ({
  id,
  resident,
  day: "2026-03-03",
  programmes: ["hypertension" as const],
});
export const planDraft = (id: string, resident: string) => ({
  id,
  resident,
  goals: ["pressureBelow140" as const],
  tasks: ["saltBelow5" as const],
  review: "2026-06-01",
});
