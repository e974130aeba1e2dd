import { blood } from "./blood.zh-CN.ts";
import { body } from "./body.zh-CN.ts";
import { category } from "./category.zh-CN.ts";
import { common } from "./common.zh-CN.ts";
import { care } from "./care.zh-CN.ts";
import { desk } from "./desk.zh-CN.ts";
import { deskPages } from "./desk-pages.zh-CN.ts";
import { deskWork } from "./desk-work.zh-CN.ts";
import { deskSign } from "./desk-sign.zh-CN.ts";
import { kioskCall } from "./kiosk-call.zh-CN.ts";
import { kioskVisit } from "./kiosk-visit.zh-CN.ts";
import { kiosk } from "./kiosk.zh-CN.ts";
import { kioskArrive } from "./kiosk-arrive.zh-CN.ts";
import { line } from "./line.zh-CN.ts";
import { prepare } from "./prepare.zh-CN.ts";
import { loop } from "./loop.zh-CN.ts";
import { pressure } from "./pressure.zh-CN.ts";
import { services } from "./services.zh-CN.ts";

/** The leading catalogue: its keys are the keys of every language. A new section is one file per language and one line. */
export const zh = {
  ...common,
  ...prepare,
  ...pressure,
  ...blood,
  ...body,
  ...services,
  ...category,
  ...loop,
  ...desk,
  ...line,
  ...deskSign,
  ...deskWork,
  ...deskPages,
  ...care,
  ...kiosk,
  ...kioskArrive,
  ...kioskVisit,
  ...kioskCall,
} as const;
