import { alarm } from "./alarms.ts";
import { asking } from "./asking.ts";
import { contract } from "./contracts.ts";
import { blob } from "./blobs.ts";
import { call, queue } from "./calls.ts";
import { joint } from "./joint.ts";
import { record } from "./record.ts";
import { work } from "./work.ts";
import { danger, followUp, plan, resident, task } from "./care.ts";
import { talking } from "./talking.ts";
import { talk } from "./talks.ts";
import { drug, prescription } from "./care-prescriptions.ts";
import { referral } from "./care-referrals.ts";
import { doors } from "./context.ts";
import { directory } from "./directory.ts";
import { guest } from "./guests.ts";
import { history } from "./history.ts";
import { journal } from "./journal.ts";
import { me, people } from "./people.ts";
import { names } from "./names.ts";
import { overview } from "./overview.ts";
import { person } from "./person.ts";
import { ringingBack } from "./ring-backs.ts";
import { room } from "./rooms.ts";
import { opinion, signing } from "./opinions.ts";
import { visit } from "./visits.ts";
import { wish } from "./wishes.ts";

/** Everything the hub answers. What is not listed here cannot be called. */
export const router = doors.router({
  journal,
  alarm,
  queue,
  call: { ...call, ...talking, ...asking, ...ringingBack },
  guest,
  work,
  blob,
  room,
  visit,
  opinion,
  joint,
  record,
  signing,
  me,
  people,
  directory,
  drug,
  prescription,
  referral,
  followUp,
  plan,
  danger,
  talk,
  wish,
  contract,
  task,
  resident: { ...resident, ...history },
  names,
  person,
  overview,
});
export type HubRouter = typeof router;
