import { alarmContract } from "./hub-alarms.ts";
import { blobContract } from "./hub-blobs.ts";
import { callContract, queueContract } from "./hub-calls.ts";
import { directoryContract } from "./hub-directory.ts";
import { guestContract } from "./hub-guests.ts";
import { contractContract } from "./hub-contracts.ts";
import { historyContract } from "./hub-history.ts";
import { jointContract } from "./hub-joint.ts";
import { overviewContract } from "./hub-overview.ts";
import { recordContract } from "./hub-record.ts";
import { workContract } from "./hub-work.ts";
import {
  dangerContract,
  talkContract,
  drugContract,
  followUpContract,
  planContract,
  prescriptionContract,
  referralContract,
  residentContract,
  taskContract,
} from "./hub-care.ts";
import { journalContract } from "./hub-journal.ts";
import { namesContract } from "./hub-names.ts";
import { meContract, peopleContract } from "./hub-people.ts";
import { personContract } from "./hub-person.ts";
import { roomContract } from "./hub-rooms.ts";
import { opinionContract, signingContract } from "./hub-opinions.ts";
import { visitContract } from "./hub-visits.ts";
import { wishContract } from "./hub-wishes.ts";

/**
 * What one message on `/wire` may be, in bytes: more ends the socket (1009). A station's batch of entries stays well below
 * its limit, 128 kB or a single entry. 50 messages a second per socket: a little more is read late, a flood ends it (1008).
 */
export const messageBytes = { page: 64 * 1024, station: 1024 * 1024 } as const;

/**
 * What the hub answers, put together from one file per room. Who may call what is one table (`core/rights.ts`); default is no.
 * Stations come with a token they sign themselves (Ed25519, audience `hub`, 60 s), people with a session cookie.
 */
export const hubContract = {
  journal: journalContract,
  queue: queueContract,
  call: callContract,
  guest: guestContract,
  work: workContract,
  blob: blobContract,
  room: roomContract,
  visit: visitContract,
  alarm: alarmContract,
  opinion: opinionContract,
  joint: jointContract,
  record: recordContract,
  signing: signingContract,
  me: meContract,
  people: peopleContract,
  directory: directoryContract,
  drug: drugContract,
  prescription: prescriptionContract,
  referral: referralContract,
  followUp: followUpContract,
  plan: planContract,
  danger: dangerContract,
  talk: talkContract,
  wish: wishContract,
  contract: contractContract,
  task: taskContract,
  resident: { ...residentContract, ...historyContract },
  names: namesContract,
  person: personContract,
  overview: overviewContract,
} as const;
