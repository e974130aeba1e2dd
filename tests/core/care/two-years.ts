import { dayMs, hourMs, minuteMs, plainCalendar } from "../../../core/care/hours.ts";
import { ruleOf, type Standing } from "../../../core/care/schedule.ts";
import type { CareMove } from "../../../core/care/records.ts";
import type { Task } from "../../../core/care/tasks.ts";
import { dayOf } from "../../../core/quality/local-day.ts";
import { CareInMemory } from "./care-in-memory.ts";
import { Agenda, County, idMaker, paperSignature, seeded } from "./simulated-county.ts";

export interface Report {
  readonly residents: number;
  readonly events: number;
  readonly records: Readonly<Record<string, number>>;
  readonly tasks: number;
  readonly climbed: number;
  readonly atCounty: number;
  readonly staffLeft: number;
  readonly emptyVillageDays: number;
  readonly outages: number;
  readonly lost: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly urgentSent: number;
  readonly urgentWithoutCheck: number;
  readonly checkedIn14Days: number;
  readonly chainBroken: number;
  readonly looks: number;
  readonly orphans: readonly string[];
  readonly longestUnmoved: Readonly<Record<string, number>>;
}

const start = Date.parse("2026-01-05T00:00:00.000Z");
const calendar = plainCalendar;

interface Person {
  readonly id: string;
  readonly village: string;
  readonly standings: readonly Standing["programme"][];
  readonly reach: number;
  fate: "here" | "moved" | "died";
}

/**
 * Ten thousand people, two years, everything that goes wrong: people who do not answer, move away or die, villages without a line,
 * staff who leave, do nothing, refuse and send back. The engines are the real ones; the disk and the clock are not.
 */
export function twoYears(options: {
  readonly residents: number;
  readonly days: number;
  readonly seed: number;
}): Report {
  const { residents, days, seed } = options;
  const random = seeded(seed);
  const newId = idMaker(seed);
  const chance = (p: number) => random() < p;
  const between = (from: number, to: number) => from + random() * (to - from);
  const pick = <T>(rows: readonly T[]): T | undefined => rows[Math.floor(random() * rows.length)];
  const end = start + days * dayMs;

  const county = new County(8, 5);
  const care = new CareInMemory({ calendar, ladder: county, newId });
  const agenda = new Agenda();
  const people = new Map<string, Person>();
  /** Until when a village has no line. */
  const darkUntil = new Map<string, number>();
  const orphans: string[] = [];
  const refused: Record<string, number> = {};
  const lost: Record<string, number> = {};
  const urgent = new Map<string, { readonly sentAt: number; checkedAt?: number }>();
  const unmoved: Record<string, number> = {};
  let tasks = 0;
  let climbed = 0;
  let atCounty = 0;
  let staffLeft = 0;
  let emptyVillageDays = 0;
  let outages = 0;
  let looks = 0;
  let urgentWithoutCheck = 0;
  let chainBroken = 0;

  const look = (id: string, at: number) => {
    looks += 1;
    const why = care.orphan(id);
    if (why !== undefined && orphans.length < 20) orphans.push(`${dayOf(at, 0)} ${id}: ${why}`);
  };

  care.onRecord = ({ kind, record }, now) => {
    look(record.id, now);
    if (kind !== "referral" || record.priority === "routine" || record.sentAt === undefined) return;
    const known = urgent.get(record.id) ?? { sentAt: record.sentAt };
    urgent.set(record.id, known);
    if (record.check && known.checkedAt === undefined) known.checkedAt = record.check.at;
    const task = care.kept.get(record.id)?.tasks.find((one) => one.kind === "referral.outcomeCheck");
    const owed = record.check === undefined && record.state !== "followedUp";
    if (owed && task?.due !== record.sentAt + 14 * dayMs) urgentWithoutCheck += 1;
  };

  const reachable = (task: Task, now: number): number => {
    const person = people.get(task.resident);
    const dark = darkUntil.get(person?.village ?? "") ?? 0;
    // A village works without its line; everybody else waits until what it wrote arrives.
    return task.owner.tier === "village" || dark < now ? now : dark;
  };

  care.onTask = (task, now) => {
    tasks += task.missed === 0 ? 1 : 0;
    if (task.missed > 0) climbed += 1;
    if (task.missed > 0 && task.owner.tier === "county") atCounty += 1;
    unmoved[task.kind] = Math.max(unmoved[task.kind] ?? 0, task.missed);
    agenda.put(Math.max(task.climbAt, reachable(task, now)), (at) => care.age(task.about.id, task.id, at));
    // Some never do it; those at the top do in the end.
    if (task.owner.tier !== "county" && chance(0.12)) return;
    const quick = task.kind.startsWith("danger.answer");
    const until = Math.max(task.due, now + (quick ? 3 * minuteMs : 2 * hourMs));
    agenda.put(Math.max(reachable(task, now), between(now, until + (until - now) * 0.3)), (at) => handle(task, at));
  };

  const handle = (task: Task, at: number) => {
    const there = care.kept.get(task.about.id);
    const still = there?.tasks.find(({ id }) => id === task.id);
    if (!there || !still) return;
    const worker = still.owner.person ?? pick(county.staff(still.owner.org));
    // Nobody works there: it waits, and climbs.
    if (worker === undefined) return;
    for (const move of movesFor(still, at, worker)) {
      const answer = care.move(move, at, worker);
      if (answer !== "ok") refused[`${still.kind} ${answer}`] = (refused[`${still.kind} ${answer}`] ?? 0) + 1;
      else if (move.of === "followUp" && move.input.kind === "lose") {
        lost[move.input.reason] = (lost[move.input.reason] ?? 0) + 1;
      }
    }
    // Done but not at its end (a try without an answer): again after some days.
    const after = care.kept.get(task.about.id)?.tasks.find(({ id }) => id === task.id);
    if (after) agenda.put(at + between(1, 4) * dayMs, (later) => handle(after, later));
  };

  const movesFor = (task: Task, at: number, by: string): readonly CareMove[] => {
    const person = people.get(task.resident);
    const { id } = task.about;
    const fate = person?.fate ?? "here";
    const present = fate === "here" && chance(person?.reach ?? 0.9);
    const appointment = { at: at + between(0.05, 5) * dayMs, department: "Internal medicine", doctor: "Specimen" };
    const referral = (input: Extract<CareMove, { of: "referral" }>["input"]): readonly CareMove[] => [
      { of: "referral", id, input },
    ];
    const followUp = (input: Extract<CareMove, { of: "followUp" }>["input"]): readonly CareMove[] => [
      { of: "followUp", id, input },
    ];
    const complete = (contact: "phone" | "home" | "clinic"): readonly CareMove[] => {
      const standings = (person?.standings ?? ["screening"]).map(standing);
      const form = {
        standings,
        symptoms: "none named",
        advice: "as before",
        medication: "regular" as const,
        evidence: { measurements: [], contact },
      };
      return followUp({ kind: "complete", by, at, form, signature: paperSignature("followUp", by, at) });
    };
    switch (task.kind) {
      case "danger.answer": {
        const outcome = pick(["solved", "refer", "emergency", "calledBack", "refused"] as const) ?? "solved";
        if (outcome !== "refer") {
          return [{ of: "danger", id, input: { kind: "answer", by, at, outcome, detail: "spoken to" } }];
        }
        const village = person?.village ?? "v0-0";
        const letter = newId();
        care.open({
          kind: "referral",
          at,
          by,
          text: {
            id: letter,
            direction: "up",
            priority: chance(0.4) ? "stat" : "urgent",
            resident: task.resident,
            from: task.owner.person === undefined ? task.owner : county.owner(task.owner.org, by),
            to: county.owner(chance(0.5) ? "county" : (county.above(village)?.org ?? "county")),
            reasons: ["urgentSet"],
            summary: "simulated",
            green: "outpatient",
          },
        });
        return [{ of: "danger", id, input: { kind: "answer", by, at, outcome, detail: "referred", referral: letter } }];
      }
      case "danger.check": {
        const found =
          fate === "died"
            ? "died"
            : !present
              ? "notFound"
              : (pick(["well", "treated", "unchanged"] as const) ?? "well");
        return [{ of: "danger", id, input: { kind: "check", by, at, found, detail: "looked up" } }];
      }
      case "referral.sign":
        if (fate !== "here") return referral({ kind: "withdraw", by, at, reason: fate, detail: "found out" });
        return referral({ kind: "sign", by, at, signature: paperSignature("referral", by, at) });
      case "referral.send":
        return referral({ kind: "send", by, at });
      case "referral.accept":
        return chance(0.85)
          ? referral({ kind: "accept", by, at, appointment })
          : referral({ kind: "reject", by, at, reason: "noBed", detail: "full", alternative: "county hospital" });
      case "referral.redirect":
        return chance(0.8) && fate === "here"
          ? referral({ kind: "redirect", by, at, to: county.owner("county") })
          : referral({ kind: "withdraw", by, at, reason: fate === "here" ? "refused" : fate, detail: "said so" });
      case "referral.arrive":
        return referral({ kind: present ? "arrive" : "notArrive", by, at });
      case "referral.rebook":
        return fate === "here" && chance(0.7)
          ? referral({ kind: "rebook", by, at, appointment })
          : referral({ kind: "check", by, at, outcome: fate === "died" ? "died" : "refused", detail: "asked" });
      case "referral.treat":
        return referral({ kind: "treat", by, at });
      case "referral.return":
        return referral({ kind: "return", by, at, back: "treated", signature: paperSignature("referral", by, at) });
      case "referral.receive":
        return referral({ kind: "receive", by, at });
      case "referral.followUp":
      case "referral.outcomeCheck":
        return referral({ kind: "check", by, at, outcome: fate === "died" ? "died" : "improved", detail: "asked" });
      case "followUp.do":
        if (present)
          return chance(0.5) ? complete("clinic") : followUp({ kind: "reading", by, at, measurements: [newId()] });
        return followUp({ kind: "try", by, at, how: "phone", answered: false });
      case "followUp.visitHome":
        if (present) return complete("home");
        return [
          ...followUp({ kind: "try", by, at, how: "home", answered: false }),
          ...followUp({
            kind: "lose",
            by,
            at,
            reason: fate === "here" ? (chance(0.5) ? "unreachable" : "refused") : fate,
            detail: "neighbors asked",
          }),
        ];
      case "followUp.review":
        return chance(0.9) ? complete("clinic") : followUp({ kind: "setAside", by, at, detail: "not fasting" });
      default:
        return [];
    }
  };

  const standing = (programme: Standing["programme"]): Standing => {
    const wish = pick(["controlled", "controlled", "controlled", "firstMiss", "secondMiss", "sideEffect"] as const);
    const control =
      programme === "copd"
        ? "stable"
        : programme === "elder"
          ? "open"
          : programme === "screening"
            ? "highNormal"
            : (wish ?? "controlled");
    const said = { programme, control } as const;
    return ruleOf(said) ? said : { programme, control: "controlled" };
  };

  // Staff: two in a village, six in a township, twelve in the county's hospital.
  const employ = (org: string) => {
    const person = county.hire(org);
    agenda.put(start + between(30, 1_000) * dayMs + (agendaNow - start), (at) => {
      county.leave(org, person);
      care.left(person, at);
      staffLeft += 1;
      agendaNow = at;
      if (chance(0.9))
        agenda.put(at + between(1, 120) * dayMs, (later) => {
          agendaNow = later;
          employ(org);
        });
    });
  };
  let agendaNow = start;
  for (const org of county.orgs) {
    const count = { village: 2, township: 6, county: 12 }[county.tierOf(org)];
    for (let nth = 0; nth < count; nth += 1) employ(org);
  }

  // Lines: a village is without one for hours or days, now and then.
  const breakLine = (village: string, at: number) => {
    outages += 1;
    const back = at + between(0.05, 6) * dayMs;
    darkUntil.set(village, back);
    agenda.put(back + between(5, 90) * dayMs, (again) => breakLine(village, again));
  };
  for (const village of county.villages) agenda.put(start + between(0, 60) * dayMs, (at) => breakLine(village, at));

  for (let nth = 0; nth < residents; nth += 1) {
    const village = county.villages[nth % county.villages.length] ?? "v0-0";
    const standings = pick([
      ["hypertension"],
      ["hypertension", "diabetes"],
      ["diabetes"],
      ["copd"],
      ["elder"],
      ["screening"],
    ] as const) ?? ["screening"];
    const person: Person = {
      id: `r${String(nth)}`,
      village,
      standings,
      reach: chance(0.08) ? 0.1 : between(0.6, 0.98),
      fate: "here",
    };
    people.set(person.id, person);
    const township = county.above(village)?.org ?? "county";
    const doctor = pick(county.staff(township));
    const first = start + between(0, 80) * dayMs;
    agenda.put(
      first,
      (at) =>
        void care.open({
          kind: "followUp",
          at,
          by: "hub",
          text: {
            id: newId(),
            resident: person.id,
            day: dayOf(at + between(1, 60) * dayMs, calendar.zoneMinutes),
            programmes: [...standings],
            doctor: county.owner(township, doctor),
            village: county.owner(village, pick(county.staff(village))),
          },
        }),
    );
    // Lost: some move, some die; nobody tells the hub.
    if (chance(0.04))
      agenda.put(start + between(10, days) * dayMs, () => (person.fate = chance(0.6) ? "moved" : "died"));
    const danger = (at: number) => {
      if (person.fate !== "here") return;
      care.open({
        kind: "danger",
        at,
        by: "station",
        text: {
          id: newId(),
          resident: person.id,
          severity: chance(0.2) ? 4 : 3,
          what: "BP_SEVERE",
          first: county.owner(village),
          doctor: county.owner(township, pick(county.staff(township))),
        },
      });
      agenda.put(at + between(60, 1_200) * dayMs, danger);
    };
    agenda.put(start + between(0, 1_200) * dayMs, danger);
  }

  // Every week everything is looked at from the beginning, and every chain followed to its open end.
  const sweep = (at: number) => {
    for (const [id, { tasks: open }] of care.kept) if (open.length > 0) look(id, at);
    for (const person of people.values()) {
      const inCare = at > start + 81 * dayMs && person.fate === "here";
      if (inCare && !care.openOf(person.id).some(({ kind }) => kind === "followUp")) chainBroken += 1;
    }
    for (const village of county.villages) if (county.staff(village).length === 0) emptyVillageDays += 7;
    agenda.put(at + 7 * dayMs, sweep);
  };
  agenda.put(start + 7 * dayMs, sweep);

  const events = agenda.runUntil(end);
  for (const id of care.kept.keys()) look(id, end);
  const records: Record<string, number> = {};
  for (const { record } of care.kept.values()) {
    const key = `${record.kind}.${record.record.state}`;
    records[key] = (records[key] ?? 0) + 1;
  }
  const ripe = [...urgent.values()].filter(({ sentAt }) => sentAt + 14 * dayMs <= end);
  return {
    residents,
    events,
    records,
    tasks,
    climbed,
    atCounty,
    staffLeft,
    emptyVillageDays,
    outages,
    lost,
    refused,
    urgentSent: urgent.size,
    urgentWithoutCheck,
    checkedIn14Days: ripe.filter(({ sentAt, checkedAt }) => checkedAt !== undefined && checkedAt <= sentAt + 14 * dayMs)
      .length,
    chainBroken,
    looks,
    orphans,
    longestUnmoved: unmoved,
  };
}
