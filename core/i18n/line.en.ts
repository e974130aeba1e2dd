import type { line as zh } from "./line.zh-CN.ts";

/** Same keys as line.zh-CN.ts. */
export const line = {
  "kiosk.line.other.video": "You can see the doctor clearly now.",
  "kiosk.line.other.small": "The doctor's picture is smaller now. The voice goes on.",
  "kiosk.line.other.stills": "The doctor's picture changes every two seconds. The voice goes on.",
  "kiosk.line.other.voice": "You hear the doctor now, without a picture.",
  "kiosk.line.other.voiceNote": "The line is too slow. The doctor will leave you a spoken message.",
  "kiosk.line.other.written": "The line is too slow. The doctor will answer you in writing.",
  "kiosk.line.own.video": "The doctor can see you clearly now.",
  "kiosk.line.own.small": "The doctor sees you smaller now. Just go on talking.",
  "kiosk.line.own.stills": "The doctor sees one picture of you every two seconds. Just go on talking.",
  "kiosk.line.own.voice": "The doctor hears you now, but does not see you.",
  "kiosk.line.own.voiceNote": "The line is too slow. Please record a message; it goes to the doctor.",
  "kiosk.line.own.written": "The line is too slow. Your results are kept here and go to the doctor when it is better.",
  "desk.line.other.video": "The resident's picture is back",
  "desk.line.other.small": "Resident's line is slow: smaller picture, voice first",
  "desk.line.other.stills": "Resident's line is slow: a still every two seconds, voice first",
  "desk.line.other.voice": "Resident's picture is paused, voice only",
  "desk.line.other.voiceNote": "Resident's line cannot carry a talk: listen to their voice note",
  "desk.line.other.written": "Resident's line is gone or too slow: please answer in writing",
  "desk.line.own.video": "Your picture is back",
  "desk.line.own.small": "Your picture is smaller, voice first",
  "desk.line.own.stills": "Your picture is a still every two seconds, voice first",
  "desk.line.own.voice": "Your picture is paused, the resident hears you only",
  "desk.line.own.voiceNote": "The line cannot carry a talk: please record a message",
  "desk.line.own.written": "The line is too slow: write your opinion, it is delivered when the line is back",
} as const satisfies Record<keyof typeof zh, string>;
