import { common } from "./common.zh-CN.ts";
import { prepare } from "./prepare.zh-CN.ts";
import { pressure } from "./pressure.zh-CN.ts";
import { blood } from "./blood.zh-CN.ts";
import { body } from "./body.zh-CN.ts";
import { services } from "./services.zh-CN.ts";
import { category } from "./category.zh-CN.ts";
import { loop } from "./loop.zh-CN.ts";
import { plan } from "./plan.zh-CN.ts";
import { line } from "./line.zh-CN.ts";
import { care } from "./care.zh-CN.ts";
import { kioskFirst } from "./kiosk-first.zh-CN.ts";
import { kiosk } from "./kiosk.zh-CN.ts";
import { kioskArrive } from "./kiosk-arrive.zh-CN.ts";
import { kioskVisit } from "./kiosk-visit.zh-CN.ts";
import { kioskCall } from "./kiosk-call.zh-CN.ts";
import { kioskDoctor } from "./kiosk-doctor.zh-CN.ts";
import { kioskGuests } from "./kiosk-guests.zh-CN.ts";
import { kioskIdentity } from "./kiosk-identity.zh-CN.ts";
import { kioskNews } from "./kiosk-news.zh-CN.ts";
import { kioskServices } from "./kiosk-services.zh-CN.ts";

/** What a kiosk says and shows: the leading catalogue but for the desk's words, which a first screen need not wait for. */
export const resident = {
  ...common,
  ...prepare,
  ...pressure,
  ...blood,
  ...body,
  ...services,
  ...category,
  ...loop,
  ...plan,
  ...line,
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
} as const;
