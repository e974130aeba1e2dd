import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key, newId } from "./kill-entries.ts";
import { onTestFinished } from "vitest";
import type { MessageLeft } from "../../../core/care/messages.ts";
import type { Reading } from "../../../core/domain/quantity.ts";
import type { Entry, Measurement, NewEntry, Opinion, Resident } from "../../../core/journal/entry.ts";
import { openEngine, type Engine, type EngineOptions } from "../../../station/store/engine.ts";
import type { AppendAnswer } from "../../../station/store/journal.ts";
import { openStore, type Store, type StoreOptions } from "../../../station/store/store.ts";

/** Invented people and numbers only. */

export { key, newId };

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "station-store-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Opens without the thread. Closed with the test unless it was closed before. */
export function engineIn(folder: string, options: Partial<EngineOptions> = {}): Engine {
  const opened = openEngine({ folder, key, reserveBytes: 0, ...options });
  if (!opened.ok) throw new Error(opened.code);
  onTestFinished(() => {
    opened.engine.close();
  });
  return opened.engine;
}

export async function storeIn(folder: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const opened = await openStore({ folder, key, reserveBytes: 0, ...options });
  if (!opened.ok) throw new Error(opened.code);
  onTestFinished(() => opened.store.close());
  return opened.store;
}

/** Appends at a made-up time: the n-th entry is heard n seconds after the start of 2026. */
export function keep(engine: Engine, ...entries: readonly NewEntry[]): readonly Entry[] {
  const [answer] = engine.append([
    { entries, heardAt: Date.UTC(2026, 0, 1) + (engine.head.seq + 1) * 1_000, monoMs: engine.head.seq + 1 },
  ]);
  return kept(answer);
}

export function kept(answer: AppendAnswer | undefined): readonly Entry[] {
  if (answer?.ok !== true) throw new Error(answer ? `${answer.code} ${answer.detail ?? ""}` : "no answer");
  return answer.entries;
}

const host = { role: "station", id: "host" } as const;

export function started(): NewEntry {
  return {
    id: newId(),
    type: "station.started",
    actor: host,
    subject: null,
    visit: null,
    body: { program: "0.1.0", node: "v24.0.0", simulated: true },
  };
}

export function registered(resident: Resident): NewEntry {
  return { id: newId(), type: "resident.registered", actor: host, subject: resident.id, visit: null, body: resident };
}

/** What the hub leaves for a resident. */
export function aMessage(resident: string, change: Partial<MessageLeft> = {}): MessageLeft {
  return {
    id: newId(),
    station: "station-1",
    resident,
    from: { name: "hub" },
    at: "2026-01-01T00:00:00.000Z",
    sentences: [{ key: "loop.say.prescriptionReady" }],
    worse: ["loop.worse.callUs"],
    ...change,
  };
}

/** The message as it is kept here. */
export function left(message: MessageLeft, hubSeq: number): NewEntry {
  return {
    id: newId(),
    type: "message.received",
    actor: { role: "hub", id: "hub-1" },
    subject: message.resident,
    visit: null,
    body: { message, hubSeq, hubHash: "a".repeat(64) },
  };
}

/** By what somebody is found again, the picture they chose, and what they agreed to. */
export function recognized(resident: string, key = "ab".repeat(32)): readonly NewEntry[] {
  const by = { actor: host, subject: resident, visit: null };
  const relative = newId();
  return [
    { ...by, id: newId(), type: "resident.linked", body: { resident, way: "card", key } },
    { ...by, id: newId(), type: "resident.sign", body: { sign: "fish" } },
    { ...by, id: newId(), type: "consent.given", body: { scope: "keep", version: "2026-11", way: "touch" } },
    { ...by, id: newId(), type: "family.granted", body: { to: relative, why: "grant" } },
    { ...by, id: newId(), type: "family.ended", body: { to: relative } },
    { ...by, id: newId(), type: "record.viewed", body: { by: relative, role: "relative", what: "trend" } },
  ];
}

export function aResident(name = "样本居民"): Resident {
  return {
    id: newId(),
    name,
    sex: "female",
    birthYear: 1950,
    facts: { diabetes: "unknown", hypertension: false, pregnant: false },
    specimen: true,
  };
}

/** What happens in one visit, in the order it does. */
export class VisitStory {
  readonly visit: string = newId();
  readonly resident: string | null;
  constructor(resident: string | null) {
    this.resident = resident;
  }

  get #frame() {
    return { id: newId(), actor: host, subject: this.resident, visit: this.visit };
  }

  opened(): NewEntry {
    return { ...this.#frame, type: "visit.opened", body: { kind: this.resident === null ? "guest" : "resident" } };
  }
  /** `contract`: the entry's id and the contract's. */
  choseDoctor(contract: string = newId(), id = "doctor-1"): NewEntry {
    const doctor = { id, name: "样本医生", org: "样本卫生院" };
    const body = { contract, doctor, act: "touch", identity: "card", text: "2026-11", language: "zh-CN" } as const;
    return { ...this.#frame, id: contract, type: "contract.asked", body };
  }
  leftDoctor(contract: string): NewEntry {
    return { ...this.#frame, type: "contract.ended", body: { contract, act: "touch" } };
  }
  heardOfDoctor(
    contract: string,
    state: "active" | "declined" | "changed" | "expired",
    hubSeq = 95,
    until?: string,
  ): NewEntry {
    const end = until === undefined ? {} : { until };
    const body = { contract, state, at: "2026-01-02T00:00:00.000Z", ...end, hubSeq };
    return { ...this.#frame, visit: null, type: "contract.heard", body };
  }
  closed(): NewEntry {
    return { ...this.#frame, type: "visit.closed", body: { reason: "left" } };
  }
  accepted(measurement: Measurement): NewEntry {
    return { ...this.#frame, type: "measurement.accepted", body: measurement };
  }
  heard(measurement: Measurement): NewEntry {
    return { ...this.#frame, type: "measurement.heard", body: measurement };
  }
  refused(measurement: Measurement, reason = "gate.outOfRange"): NewEntry {
    const { id, of, readings, provenance, times } = measurement;
    return {
      ...this.#frame,
      type: "measurement.refused",
      body: { measurement: id, of, reason, readings, provenance, times },
    };
  }
  judged(...measurements: readonly Measurement[]): NewEntry {
    const judgement = {
      domain: "bp",
      category: "BP_GRADE1",
      severity: 2 as const,
      action: "VISIT_2W",
      flags: [],
      rule: "BP-01",
    };
    return {
      ...this.#frame,
      type: "assessment.made",
      body: {
        of: measurements[0]?.of ?? "bloodPressure",
        measurements: measurements.map(({ id }) => id),
        rules: "test",
        assessments: [judgement],
        next: "none",
        overall: judgement,
      },
    };
  }
  asked(call: string): NewEntry {
    return { ...this.#frame, type: "consult.requested", body: { call, severity: 2 } };
  }
  advised(opinion: Opinion, hubSeq: number): NewEntry {
    return { ...this.#frame, type: "opinion.received", body: { opinion, hubSeq, hubHash: "a".repeat(64) } };
  }
  told({ id }: Opinion): NewEntry {
    return { ...this.#frame, type: "opinion.told", body: { opinion: id, how: ["shown"] } };
  }
  wished(wish: string): NewEntry {
    const wanted = { kind: "followUp", week: "this", half: "morning", how: "phone" } as const;
    return { ...this.#frame, type: "wish.made", body: { wish, wanted } };
  }
  heardOf({ id }: MessageLeft): NewEntry {
    return { ...this.#frame, type: "message.told", body: { message: id, how: ["shown", "spoken"] } };
  }
  opinion(call: string, text = "少吃盐，两周后再来。"): Opinion {
    return {
      id: newId(),
      call,
      visit: this.visit,
      station: "station-1",
      clinician: { id: "doctor-1", name: "样本医生" },
      text,
      next: "comeBack",
      writtenAt: "2026-01-01T00:10:00.000Z",
    };
  }
  pressure(systolic: number, diastolic: number, heardAt = "2026-01-01T00:05:00.000Z"): Measurement {
    const readings: Reading[] = [
      { quantity: "bp.systolic", value: systolic, unit: "mm[Hg]" },
      { quantity: "bp.diastolic", value: diastolic, unit: "mm[Hg]" },
      { quantity: "pulse.rate", value: 71, unit: "/min" },
    ];
    return {
      id: newId(),
      visit: this.visit,
      of: "bloodPressure",
      readings,
      doubts: ["irregularPulse"],
      provenance: {
        device: "cuff-1",
        profile: "test-cuff",
        profileVersion: "1",
        program: "0.1.0",
        simulated: true,
        port: "pty-1",
        serialNumber: "SN-1",
        rawHex: ["aa0501", "aa0c02"],
      },
      times: { heardAt },
      context: {},
    };
  }
  /** A whole visit with everything that views are made of. */
  all(hubSeq = 1): readonly NewEntry[] {
    const [first, second, third] = [
      this.pressure(142, 91),
      this.pressure(138, 88, "2026-01-01T00:07:00.000Z"),
      this.pressure(300, 10),
    ];
    const call = newId();
    return [
      this.opened(),
      this.heard(first),
      this.accepted(first),
      this.accepted(second),
      this.heard(third),
      this.refused(third, "gate.notConfirmed"),
      this.judged(first, second),
      { ...this.#frame, type: "device.faulted", body: { device: "cuff-1", code: "device.cuffLoose" } },
      this.asked(call),
      {
        ...this.#frame,
        type: "consult.accepted",
        body: { call, clinician: { id: "doctor-1", name: "样本医生" }, station: "station-1" },
      },
      { ...this.#frame, type: "consult.finished", body: { call, station: "station-1", how: "finished" } },
      this.closed(),
      this.advised(this.opinion(call), hubSeq),
    ];
  }
}

/** The hub says that two records are one person's. */
export const joined = (joining: string, one: string, other: string): NewEntry => ({
  id: newId(),
  actor: { role: "station", id: "host" },
  visit: null,
  type: "records.joined",
  subject: one,
  body: { joining, one, other, hubSeq: 1 },
});

/** A visit under a code that nobody could be asked about. */
export const codedBy = (visit: string): NewEntry => ({
  id: newId(),
  actor: { role: "station", id: "host" },
  subject: null,
  visit,
  type: "visit.coded",
  body: { key: "ab".repeat(32) },
});
