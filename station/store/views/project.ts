import { isEntryType, type Entry, type EntryType } from "../../../core/journal/entry.ts";
import { act } from "./acts.ts";
import type { Change, Projector } from "./change.ts";
import { contractAsked, contractEnded, contractHeard } from "./contracts.ts";
import { familyEnded, familyGranted, recordViewed } from "./family.ts";
import {
  consultAccepted,
  consultCancelled,
  consultFinished,
  consultRequested,
  headCountersigned,
  messageReceived,
  messageTold,
  opinionReceived,
  opinionTold,
} from "./consulting.ts";
import {
  assessmentMade,
  deviceAssigned,
  deviceFaulted,
  measurementAccepted,
  measurementHeard,
  measurementRefused,
} from "./measuring.ts";
import {
  consentGiven,
  consentRefused,
  consentWithdrawn,
  residentLinked,
  residentRegistered,
  residentSign,
  residentUnlinked,
  visitClosed,
  visitOpened,
  visitResumed,
} from "./people.ts";
import { medicineReceived, wishAnswered, wishMade } from "./services.ts";
import { recordsJoined, recordsParted, visitClaimed, visitCoded, visitResolved } from "./persons.ts";

const none = (): readonly Change[] => [];

/** One projector per entry type. A new type does not compile until it says what it does to the views. */
const projectors: { readonly [T in EntryType]: Projector<T> } = {
  "station.started": none,
  "station.enrolled": none,
  "resident.registered": residentRegistered,
  "visit.opened": visitOpened,
  "visit.closed": visitClosed,
  "measurement.started": none,
  "measurement.heard": measurementHeard,
  "measurement.accepted": measurementAccepted,
  "measurement.refused": measurementRefused,
  "measurement.ended": none,
  "assessment.made": assessmentMade,
  "device.assigned": deviceAssigned,
  "device.faulted": deviceFaulted,
  "consult.requested": consultRequested,
  "consult.cancelled": consultCancelled,
  "consult.accepted": consultAccepted,
  "consult.finished": consultFinished,
  "opinion.written": none,
  "care.opened": none,
  "care.moved": none,
  "task.climbed": none,
  "task.read": none,
  "task.handed": none,
  "message.left": none,
  "message.received": (body, entry) => [...messageReceived(body, entry), ...wishAnswered(body, entry)],
  "medicine.told": none,
  "medicine.received": medicineReceived,
  "wish.made": wishMade,
  "message.told": messageTold,
  "opinion.told": opinionTold,
  "opinion.received": opinionReceived,
  "account.created": none,
  "account.factorReset": none,
  "account.invited": none,
  "account.joined": none,
  "account.changed": none,
  "account.retired": none,
  "org.put": none,
  "station.codeMade": none,
  "station.paired": none,
  "account.signedIn": none,
  "account.refused": none,
  "access.decided": none,
  "call.invited": none,
  "consent.inCall": none,
  "call.joined": none,
  "call.declined": none,
  "call.left": none,
  "call.handedOver": none,
  "call.released": none,
  "call.climbed": none,
  "call.ended": none,
  "call.described": none,
  "joint.drafted": none,
  "joint.signed": none,
  "record.broken": none,
  "record.reviewed": none,
  "person.coded": none,
  "person.joined": none,
  "person.parted": none,
  "person.apart": none,
  "person.uncoded": none,
  "records.joined": recordsJoined,
  "records.parted": recordsParted,
  "visit.coded": visitCoded,
  "visit.resolved": visitResolved,
  "visit.claimed": visitClaimed,
  "contract.asked": contractAsked,
  "contract.ended": contractEnded,
  "contract.answered": none,
  "contract.heard": contractHeard,
  "signing.keyMade": none,
  "signing.opened": none,
  "head.countersigned": headCountersigned,
  "lot.opened": act("quality"),
  "lot.closed": act("quality"),
  "control.run": act("quality"),
  "control.reviewed": act("quality"),
  "calibration.recorded": act("quality"),
  "verification.recorded": act("quality"),
  "comparison.recorded": act("quality"),
  "device.cleaned": act("quality"),
  "operator.certified": act("quality"),
  "gate.changed": act("quality"),
  "override.used": act("quality"),
  "device.released": act("quality"),
  "results.underReview": act("quality"),
  "device.observed": act("quality"),
  "staff.added": act("staff"),
  "staff.signedIn": none,
  "staff.refused": none,
  "staff.signedOut": none,
  "staff.pinChanged": none,
  "staff.retired": act("staff"),
  "device.named": act("device"),
  "device.withdrawn": act("device"),
  "device.restored": act("device"),
  "device.clockSet": act("quality"),
  "device.forgotten": act("device"),
  "capture.recorded": none,
  "profile.added": none,
  "offer.kept": none,
  "offer.removed": none,
  "offer.setAside": none,
  "day.remarked": act("remark"),
  "resident.recognized": none,
  "resident.linked": residentLinked,
  "resident.unlinked": residentUnlinked,
  "resident.sign": residentSign,
  "consent.given": consentGiven,
  "consent.refused": consentRefused,
  "consent.withdrawn": consentWithdrawn,
  "family.granted": familyGranted,
  "family.ended": familyEnded,
  "record.viewed": recordViewed,
  "visit.resumed": visitResumed,
  "visit.answered": none,
  "visit.seated": none,
  "alarm.raised": none,
  "alarm.answered": none,
  "nextStep.chosen": none,
  "slip.printed": none,
  "slip.shown": none,
  "visit.rated": none,
  "measurement.skipped": none,
};

/** What an entry does to all the views. Pure; an entry of a type this program does not know does nothing. */
export function project(entry: Entry): readonly Change[] {
  if (!isEntryType(entry.type)) return [];
  // The body was checked against the schema of this type when it was appended.
  const projector = projectors[entry.type] as Projector<EntryType>;
  return [...projector(entry.body, entry), ...lateWord(entry)];
}

/**
 * The entries of a visit lie between `opened_seq` and `last_seq` (the journal's end while it is open). What comes after
 * the closing, an opinion for instance, moves `last_seq`.
 */
function lateWord(entry: Entry): readonly Change[] {
  if (entry.visit === null || entry.type === "visit.opened" || entry.type === "visit.closed") return [];
  return [
    { kind: "set", table: "visits", where: { id: entry.visit }, present: "closed_seq", row: { last_seq: entry.seq } },
  ];
}
