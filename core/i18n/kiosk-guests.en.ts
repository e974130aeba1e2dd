import type { kioskGuests as zh } from "./kiosk-guests.zh-CN.ts";

/** Same keys as kiosk-guests.zh-CN.ts. */
export const kioskGuests = {
  "kiosk.guest.teach": "A doctor would like to listen and learn. Is that all right?",
  "kiosk.guest.teach.what":
    "They see and hear you. They do not see your name. If you say no, you are cared for all the same.",
  "kiosk.guest.family": "May a relative of yours join the talk?",
  "kiosk.guest.family.what": "They see you, and hear you and the doctor. You can ask them to leave at any time.",
  "kiosk.guest.yes": "Yes, let them come",
  "kiosk.guest.no": "No",
  "kiosk.guest.sendAway.teach": "Ask the listener to leave",
  "kiosk.guest.sendAway.family": "Ask the relative to leave",
  "kiosk.came.in.family": "Your relative is here.",
  "kiosk.came.in.villageDoctor": "The village doctor is here.",
  "kiosk.came.in.doctor": "Another doctor is here.",
  "kiosk.came.in.specialist": "The specialist is here.",
  "kiosk.came.in.observer": "The doctor who listens is here.",
  "kiosk.went.family": "Your relative has left.",
  "kiosk.went.villageDoctor": "The village doctor has left.",
  "kiosk.went.doctor": "One doctor has left.",
  "kiosk.went.specialist": "The specialist has left.",
  "kiosk.went.observer": "The doctor who listened has left.",
} as const satisfies Record<keyof typeof zh, string>;
