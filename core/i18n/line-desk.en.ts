import type { lineDesk as zh } from "./line-desk.zh-CN.ts";

/** What the line carries now, as the desk is told: for professionals, shorter than at the kiosk. */
export const lineDesk = {
  "desk.line.other.video": "The resident's picture is back",
  "desk.line.other.small": "Resident's line is slow: smaller picture, voice first",
  "desk.line.other.stills": "Resident's line is slow: a still every two seconds, voice first",
  "desk.line.other.voice": "Resident's picture is paused, voice only",
  "desk.line.other.voiceNote": "Resident's line cannot carry a talk: listen to their voice note",
  "desk.line.other.written": "Resident's line is gone or too slow: please answer in writing",
  "desk.line.colleague.video": "The colleague's picture is back",
  "desk.line.colleague.small": "Colleague's line is slow: smaller picture, voice first",
  "desk.line.colleague.stills": "Colleague's line is slow: a still every two seconds, voice first",
  "desk.line.colleague.voice": "Colleague's picture is paused, voice only",
  "desk.line.colleague.voiceNote": "Colleague's line cannot carry a talk: call again later",
  "desk.line.colleague.written": "Colleague's line is gone or too slow: call again later",
  "desk.line.own.video": "Your picture is back",
  "desk.line.own.small": "Your picture is smaller, voice first",
  "desk.line.own.stills": "Your picture is a still every two seconds, voice first",
  "desk.line.own.voice": "Your picture is paused, you are only heard",
  "desk.line.own.voiceNote": "The line cannot carry a talk: please record a message",
  "desk.line.own.written": "The line is too slow: write your opinion, it is delivered when the line is back",
} as const satisfies Record<keyof typeof zh, string>;
