import { dayOf } from "../quality/local-day.ts";
import type { MessageLeft, SayKey, WorseKey } from "./messages.ts";
import type { Plan } from "./plan.ts";
import type { CareRecord } from "./records.ts";
import type { MeetingWay, Wish } from "./wish.ts";
import type { Programme } from "./schedule.ts";

type Said = Pick<MessageLeft, "sentences" | "worse">;

const worseOf: Readonly<Record<Programme, readonly WorseKey[]>> = {
  hypertension: ["loop.worse.pressureHigh", "loop.worse.emergency"],
  diabetes: ["loop.worse.sugarLow", "loop.worse.sugarHigh"],
  copd: ["loop.worse.breath", "loop.worse.callUs"],
  elder: ["loop.worse.emergency", "loop.worse.callUs"],
  screening: ["loop.worse.callUs"],
  urgentReferral: ["loop.worse.emergency"],
  discharge: ["loop.worse.emergency", "loop.worse.callUs"],
  conference: ["loop.worse.emergency", "loop.worse.callUs"],
};

const one = (key: SayKey, ...worse: readonly WorseKey[]): Said => ({
  sentences: [{ key }],
  worse: worse.length > 0 ? [...worse] : ["loop.worse.callUs"],
});

/** What the resident is told of a record that has just changed its state; undefined: nothing that concerns the person. */
export function telling(before: CareRecord | undefined, after: CareRecord, zoneMinutes: number): Said | undefined {
  if (after.kind === "wish") return wished(before?.kind === "wish" ? before.record : undefined, after.record);
  if (after.kind === "contract" && before?.kind === "contract") {
    const { remindedAt, until } = after.record;
    const isNew = remindedAt !== undefined && before.record.remindedAt === undefined;
    if (isNew && until !== undefined)
      return {
        sentences: [{ key: "loop.say.contractDue", params: { day: dayOf(until, zoneMinutes) } }],
        worse: ["loop.worse.callUs"],
      };
  }
  if (before?.record.state === after.record.state) return undefined;
  switch (after.kind) {
    case "prescription":
      if (after.record.state === "valid") return one("loop.say.prescriptionReady", "loop.worse.allergy");
      if (after.record.state === "returned") return one("loop.say.prescriptionReturned");
      return after.record.state === "expired" || after.record.state === "refused"
        ? one("loop.say.prescriptionEnded")
        : undefined;
    case "referral": {
      const { state, to, appointment, direction } = after.record;
      const department = appointment?.department ?? to.department ?? to.org;
      const day = appointment === undefined ? "" : dayOf(appointment.at, zoneMinutes);
      const said = (key: SayKey): Said => ({
        sentences: [{ key, params: { department, day } }],
        worse: ["loop.worse.emergency", "loop.worse.callUs"],
      });
      if (state === "sent") return said("loop.say.referralSent");
      if (state === "accepted") return said("loop.say.referralAccepted");
      if (state === "rejected") return said("loop.say.referralRejected");
      const home = direction === "up" ? state === "received" : state === "arrived";
      return home ? one("loop.say.comeBackHome", "loop.worse.emergency") : undefined;
    }
    case "plan": {
      const { state, replacedBy } = after.record;
      if (state === "approved") return before?.record.state === "drafted" ? planned(after.record) : undefined;
      const wasInForce = before?.record.state === "approved";
      // What stands in its place is told by itself.
      return state === "closed" && wasInForce && replacedBy === undefined ? one("loop.say.planOver") : undefined;
    }
    case "followUp":
      return after.record.state === "homeVisit"
        ? one("loop.say.followUpMissed", ...worseForAll(after.record.programmes))
        : undefined;
    case "contract": {
      const { state } = after.record;
      if (state === "active") return one("loop.say.contractActive");
      if (state === "declined") return one("loop.say.contractDeclined");
      return state === "expired" ? one("loop.say.contractExpired") : undefined;
    }
    case "danger":
    case "talk":
      return undefined;
  }
}

/** All of it, in the sentences that the doctor chose. */
function planned({ goals, tasks, review }: Plan): Said {
  const pressure = goals.some((goal) => goal.startsWith("pressure"));
  return {
    sentences: [
      { key: "loop.say.planNew" },
      { key: "plan.say.goals" },
      ...goals.map((goal) => ({ key: `plan.goal.${goal}` as const })),
      { key: "plan.say.tasks" },
      ...tasks.map((task) => ({ key: `plan.task.${task}` as const })),
      { key: "plan.say.review", params: { day: review } },
    ],
    worse: pressure ? ["loop.worse.pressureHigh", "loop.worse.callUs"] : ["loop.worse.callUs"],
  };
}

const bookedKeys = {
  phone: "loop.say.bookedPhone",
  station: "loop.say.bookedStation",
  home: "loop.say.bookedHome",
} as const satisfies Record<MeetingWay, SayKey>;
const halfKeys = { morning: "loop.say.inMorning", afternoon: "loop.say.inAfternoon" } as const;

/** What became of what somebody asked for; a day that changed is told anew. */
function wished(before: Wish | undefined, { state, since, settled }: Wish): Said | undefined {
  if (before?.state === state && before.since === since) return undefined;
  if (state === "declined") return one("loop.say.wishDeclined");
  if (state !== "agreed") return undefined;
  const { day, half, how } = settled ?? {};
  if (day === undefined || how === undefined) return one("loop.say.wishGranted");
  return {
    sentences: [
      { key: bookedKeys[how], params: { day } },
      ...(half === undefined ? [] : [{ key: halfKeys[half] } as const]),
    ],
    worse: ["loop.worse.callUs"],
  };
}

/** The last day a medicine lasts for is near. */
export function endingSoon(day: string): Said {
  return { sentences: [{ key: "loop.say.medicineEnds", params: { day } }], worse: ["loop.worse.callUs"] };
}

/** A reminder of a follow-up: before the day, or on it. */
export function reminding(day: string, today: string, programmes: readonly Programme[]): Said {
  const worse = worseForAll(programmes);
  if (today >= day) return { sentences: [{ key: "loop.say.followUpToday" }], worse };
  return { sentences: [{ key: "loop.say.followUpSoon", params: { day } }], worse };
}

function worseForAll(programmes: readonly Programme[]): [WorseKey, ...WorseKey[]] {
  const [first = "loop.worse.callUs", ...more] = new Set(programmes.flatMap((programme) => worseOf[programme]));
  return [first, ...more.slice(0, 3)];
}
