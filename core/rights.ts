/**
 * Who may do what: role × operation. What is not listed is refused. Every door (hub calls, feeds, pages, exports) asks
 * this table, and every answer is a journal entry. Relations (own call, own station, a care relation, a case one was invited
 * to) are checked at the operation with the code named beside it.
 */
export const roles = [
  "resident",
  "family",
  "observer",
  "operator",
  "villageDoctor",
  "doctor",
  "specialist",
  "pharmacist",
  "technician",
  "manager",
  "auditor",
  "station",
] as const;
export type Role = (typeof roles)[number];

/**
 * `own`: one's own station, call, document or PIN. `care`: residents in a current care relation (contract, referral, open
 * consultation, today's visit). `case`: what one was invited to, while it is open. `any`: all. (service.md §11)
 */
export type Relation = "own" | "care" | "case" | "any";

/** Whoever takes part in a call has a seat in its room; what a seat may do to another is `domain/rooms.ts`. */
const inRoom = { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" } as const;

export const rights = {
  "journal.ship": { station: "own" },
  "journal.held": { station: "own" },
  "journal.inbox": { station: "own" },
  "journal.withheld": { station: "own" },
  "journal.reveal": { station: "own" },
  "alarm.raise": { station: "own" },
  "alarm.over": { station: "own" },
  "alarm.watch": { doctor: "any", specialist: "any" },
  "alarm.answer": { doctor: "any", specialist: "any" },
  "queue.join": { station: "own" },
  "queue.leave": { station: "own" },
  "queue.watch": { doctor: "any", specialist: "any" },
  "call.accept": { villageDoctor: "case", doctor: "any", specialist: "any" },
  "call.decline": { villageDoctor: "case", doctor: "any", specialist: "any" },
  "call.watch": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.ticket": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.signal": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.signals": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.mediaUp": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.hangUp": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.leave": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.mute": { villageDoctor: "case", doctor: "own", specialist: "own", station: "own" },
  "call.invite": { doctor: "own", specialist: "own" },
  "call.transfer": { doctor: "own", specialist: "own" },
  "call.ask": { villageDoctor: "any", doctor: "any", specialist: "any" },
  "call.invitations": { villageDoctor: "any", doctor: "any", specialist: "any" },
  "room.watch": inRoom,
  "room.signal": inRoom,
  "room.signals": inRoom,
  "room.up": inRoom,
  "room.receive": inRoom,
  "room.mute": inRoom,
  "room.remove": inRoom,
  "visit.watch": { villageDoctor: "case", doctor: "case", specialist: "case" },
  "visit.finish": { doctor: "own", specialist: "own" },
  "opinion.write": { doctor: "own", specialist: "own" },
  "opinion.sign": { doctor: "own", specialist: "own" },
  "signing.state": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "signing.makeKey": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "signing.open": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "signing.shut": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "me.whoami": {
    villageDoctor: "any",
    doctor: "any",
    specialist: "any",
    pharmacist: "any",
    station: "any",
    technician: "any",
    manager: "any",
    auditor: "any",
  },
  "people.colleagues": { villageDoctor: "any", doctor: "any", specialist: "any", pharmacist: "any" },
  // What a consultation leaves behind. `care`: residents in one's care; `case`: referred to one's institution; `own`: of one's
  // institution, or a task that climbed to it.
  "drug.list": { villageDoctor: "any", doctor: "any", specialist: "any", pharmacist: "any" },
  "prescription.check": { doctor: "care", specialist: "case" },
  "prescription.write": { doctor: "care", specialist: "case" },
  "prescription.sign": { doctor: "own", specialist: "own" },
  "prescription.change": { doctor: "own", specialist: "own" },
  "prescription.review": { pharmacist: "own" },
  "prescription.dispense": { pharmacist: "own" },
  "prescription.watch": { doctor: "own", specialist: "own", pharmacist: "own" },
  "referral.draft": { villageDoctor: "care", doctor: "care", specialist: "case" },
  "referral.sign": { villageDoctor: "own", doctor: "own", specialist: "own" },
  "referral.move": { villageDoctor: "own", doctor: "own", specialist: "own" },
  "referral.return": { villageDoctor: "own", doctor: "own", specialist: "own" },
  "referral.watch": { villageDoctor: "own", doctor: "own", specialist: "own" },
  "referral.counts": { doctor: "any", manager: "any", auditor: "any" },
  "followUp.plan": { villageDoctor: "care", doctor: "care" },
  "followUp.move": { villageDoctor: "own", doctor: "own" },
  "followUp.complete": { villageDoctor: "own", doctor: "own" },
  "followUp.watch": { villageDoctor: "own", doctor: "own" },
  "plan.draft": { villageDoctor: "care", doctor: "care" },
  "plan.change": { villageDoctor: "own", doctor: "own" },
  "plan.approve": { doctor: "own" },
  "plan.review": { doctor: "own" },
  "danger.move": { villageDoctor: "own", doctor: "own", specialist: "own" },
  "task.watch": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "task.read": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "task.hand": { villageDoctor: "own", doctor: "own", specialist: "own", pharmacist: "own" },
  "resident.records": { villageDoctor: "care", doctor: "care", specialist: "case" },
  "resident.tell": { villageDoctor: "care", doctor: "care", specialist: "case" },
  // At the station, by staff who signed in with their PIN. `own`: one's own PIN.
  "staff.add": { technician: "any" },
  "staff.changePin": { technician: "any", operator: "own" },
  "staff.retire": { technician: "any" },
  "devices.watch": { technician: "any", operator: "any" },
  "devices.assign": { technician: "any" },
  "devices.rename": { technician: "any" },
  "devices.forget": { technician: "any" },
  "devices.withdraw": { technician: "any", operator: "any" },
  "devices.restore": { technician: "any" },
  "devices.setClock": { technician: "any" },
  "devices.addProfile": { technician: "any" },
  "doctor.run": { technician: "any", operator: "any" },
  "doctor.report": { technician: "any", operator: "any" },
  "line.watch": { technician: "any" },
  "line.record": { technician: "any" },
  "line.captures": { technician: "any" },
  "line.capture": { technician: "any" },
  "voice.describe": { technician: "any" },
  "voice.keep": { technician: "any" },
  "voice.choose": { technician: "any" },
  "log.day": { technician: "any", operator: "any" },
  "log.paper": { technician: "any", operator: "any" },
  "log.remark": { technician: "any", operator: "any" },
  "quality.watch": { technician: "any", operator: "any" },
  "quality.lots.open": { technician: "any", operator: "any" },
  "quality.lots.close": { technician: "any", operator: "any" },
  "quality.control.start": { technician: "any", operator: "any" },
  "quality.control.watch": { technician: "any", operator: "any" },
  "quality.control.stop": { technician: "any", operator: "any" },
  "quality.control.enter": { technician: "any", operator: "any" },
  "quality.control.chart": { technician: "any", operator: "any" },
  "quality.cleaning.record": { technician: "any", operator: "any" },
  "quality.override.use": { technician: "any", operator: "any" },
  "quality.certificate": { technician: "any", operator: "any" },
  "quality.control.review": { technician: "any" },
  "quality.calibration.record": { technician: "any" },
  "quality.verification.record": { technician: "any" },
  "quality.comparison.record": { technician: "any" },
  "quality.training.record": { technician: "any" },
  "quality.release": { technician: "any" },
} as const satisfies Record<string, Partial<Record<Role, Relation>>>;

export type Operation = keyof typeof rights;

/** `no`: refused. `any`: allowed. Every other relation is checked by the operation itself. */
export function allows(role: Role, operation: string): Relation | "no" {
  if (!Object.hasOwn(rights, operation)) return "no";
  const row: Partial<Record<Role, Relation>> = rights[operation as Operation];
  return row[role] ?? "no";
}
