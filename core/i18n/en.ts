import { blood } from "./blood.en.ts";
import { body } from "./body.en.ts";
import { category } from "./category.en.ts";
import { common } from "./common.en.ts";
import { care } from "./care.en.ts";
import { desk } from "./desk.en.ts";
import { deskOversight } from "./desk-oversight.en.ts";
import { deskGuests } from "./desk-guests.en.ts";
import { deskPlan } from "./desk-plan.en.ts";
import { deskPeople } from "./desk-people.en.ts";
import { deskSame } from "./desk-same.en.ts";
import { deskWish } from "./desk-wish.en.ts";
import { deskResident } from "./desk-resident.en.ts";
import { deskContract } from "./desk-contract.en.ts";
import { deskPages } from "./desk-pages.en.ts";
import { deskWork } from "./desk-work.en.ts";
import { deskSign } from "./desk-sign.en.ts";
import { kioskCall } from "./kiosk-call.en.ts";
import { kioskDoctor } from "./kiosk-doctor.en.ts";
import { kioskGuests } from "./kiosk-guests.en.ts";
import { kioskIdentity } from "./kiosk-identity.en.ts";
import { kioskNews } from "./kiosk-news.en.ts";
import { kioskServices } from "./kiosk-services.en.ts";
import { kioskVisit } from "./kiosk-visit.en.ts";
import { kioskFirst } from "./kiosk-first.en.ts";
import { kiosk } from "./kiosk.en.ts";
import { kioskArrive } from "./kiosk-arrive.en.ts";
import { line } from "./line.en.ts";
import { lineDesk } from "./line-desk.en.ts";
import { prepare } from "./prepare.en.ts";
import { loop } from "./loop.en.ts";
import { plan } from "./plan.en.ts";
import { loopDesk } from "./loop-desk.en.ts";
import { pressure } from "./pressure.en.ts";
import { services } from "./services.en.ts";
import type { zh } from "./zh-CN.ts";

export const en = {
  ...common,
  ...prepare,
  ...pressure,
  ...blood,
  ...body,
  ...services,
  ...category,
  ...loop,
  ...plan,
  ...loopDesk,
  ...desk,
  ...line,
  ...lineDesk,
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
  ...care,
  ...kioskFirst,
  ...kiosk,
  ...kioskArrive,
  ...kioskVisit,
  ...kioskCall,
  ...kioskDoctor,
  ...kioskIdentity,
  ...kioskNews,
  ...kioskServices,
  ...kioskGuests,
} as const satisfies Record<keyof typeof zh, string>;
