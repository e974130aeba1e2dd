import { desk } from "./desk.zh-CN.ts";
import { deskSign } from "./desk-sign.zh-CN.ts";
import { deskWork } from "./desk-work.zh-CN.ts";
import { deskContract } from "./desk-contract.zh-CN.ts";
import { deskPages } from "./desk-pages.zh-CN.ts";
import { deskOversight } from "./desk-oversight.zh-CN.ts";
import { deskGuests } from "./desk-guests.zh-CN.ts";
import { deskPlan } from "./desk-plan.zh-CN.ts";
import { deskPeople } from "./desk-people.zh-CN.ts";
import { deskSame } from "./desk-same.zh-CN.ts";
import { deskWish } from "./desk-wish.zh-CN.ts";
import { deskResident } from "./desk-resident.zh-CN.ts";
import { loopDesk } from "./loop-desk.zh-CN.ts";
import { lineDesk } from "./line-desk.zh-CN.ts";
import { resident } from "./resident.zh-CN.ts";

/** The leading catalogue: its keys are the keys of every language. A new section is one file per language and one line. */
export const zh = {
  ...resident,
  ...loopDesk,
  ...lineDesk,
  ...desk,
  ...deskSign,
  ...deskWork,
  ...deskPages,
  ...deskContract,
  ...deskOversight,
  ...deskGuests,
  ...deskPlan,
  ...deskPeople,
  ...deskSame,
  ...deskWish,
  ...deskResident,
} as const;
