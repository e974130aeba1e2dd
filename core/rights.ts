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

export const rights = {
  "journal.ship": { station: "own" },
  "journal.held": { station: "own" },
  "journal.inbox": { station: "own" },
  "journal.withheld": { station: "own" },
  "journal.reveal": { station: "own" },
  "alarm.raise": { station: "own" },
  "alarm.over": { station: "own" },
  "alarm.watch": { doctor: "any" },
  "alarm.answer": { doctor: "any" },
  "queue.join": { station: "own" },
  "queue.leave": { station: "own" },
  "queue.watch": { doctor: "any" },
  "call.accept": { doctor: "any" },
  "call.watch": { doctor: "own", station: "own" },
  "call.signal": { doctor: "own", station: "own" },
  "call.signals": { doctor: "own", station: "own" },
  "call.mediaUp": { doctor: "own", station: "own" },
  "call.hangUp": { doctor: "own", station: "own" },
  "visit.watch": { doctor: "own" },
  "visit.finish": { doctor: "own" },
  "opinion.write": { doctor: "own" },
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
