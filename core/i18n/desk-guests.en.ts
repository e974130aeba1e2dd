import type { deskGuests as zh } from "./desk-guests.zh-CN.ts";

/** Same keys as desk-guests.zh-CN.ts. */
export const deskGuests = {
  "desk.people.give": "Give the call",
  "desk.people.leaveTo": "Leave it to {name}",
  "desk.guest.who": "Whom",
  "desk.guest.who.colleague": "Colleague",
  "desk.guest.who.teach": "Observer",
  "desk.guest.who.family": "Relative",
  "desk.guest.teach.how":
    "The resident is asked at the station first. Observers only watch, do not speak, and see no name.",
  "desk.guest.teach.ask": "Ask to observe",
  "desk.guest.family.how":
    "The resident is asked at the station first. After a yes a code stands here: read it out, or let the relative scan it.",
  "desk.guest.family.ask": "Ask a relative in",
  "desk.guest.asked": "asking the resident",
  "desk.guest.refused": "the resident said no",
  "desk.guest.given": "the resident said yes",
  "desk.guest.drop": "Take back",
  "desk.guest.known": "All right",
  "desk.guest.code": "Read this to the relative",
  "desk.guest.code.where": "They open {address} and type the code",
  "desk.guest.code.left": "{n} s left, then there is a new one",
  "desk.guest.code.picture": "QR code for the relative",
  "desk.guest.noOrg": "Others",

  "desk.family.title": "Talk together with your relative and the doctor",
  "desk.family.code": "Code",
  "desk.family.code.hint": "The ten digits that the doctor reads to you",
  "desk.family.enter": "Join",
  "desk.family.coming": "Joining",
  "desk.family.self": "Yourself",
  "desk.family.leave": "Leave",
  "desk.family.mute": "Turn my voice off",
  "desk.family.unmute": "Turn my voice on",
  "desk.family.over": "The call is over, or you have left it.",
  "desk.family.away": "The line is down; connecting again.",
  "desk.family.camera": "No camera or microphone. You see and hear them.",
} as const satisfies Record<keyof typeof zh, string>;
