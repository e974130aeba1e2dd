import type { deskSign as zh } from "./desk-sign.zh-CN.ts";

export const deskSign = {
  "desk.code": "Code",
  "desk.code.lead": "Enter the six digits your authenticator shows now.",
  "desk.code.enter": "Confirm",
  "desk.code.back": "Another account",
  "desk.code.demo": "The codes of the demo accounts are shown by: npm run code",
  "desk.code.enrol":
    "First sign-in: scan this with an authenticator on your phone, or type in the letters, then enter the six digits it shows.",
  "desk.code.picture": "QR code for an authenticator",
  "desk.sign.title": "Signature",
  "desk.sign.locked": "Your signing key is locked. PIN and code open it for ten minutes.",
  "desk.sign.first":
    "First signature: choose a signing PIN of at least eight characters that only you know. If it is forgotten, a new key is made.",
  "desk.sign.pin": "Signing PIN",
  "desk.sign.open": "Open and sign",
  "desk.sign.cancel": "Not now",
  "desk.sign.test": "Test signature, without legal force",
  "desk.sign.by": "Signed by {name} at {time}",
  "desk.soap.subjective": "Subjective (S)",
  "desk.soap.objective": "Objective (O)",
  "desk.soap.assessment": "Assessment (A)",
  "desk.soap.plan": "Plan (P)",
  "desk.soap.villager": "For the resident",
  "desk.soap.add": "Add a sentence",
  "desk.soap.remove": "Remove this sentence",
  "desk.soap.worse": "Choose at least one sentence on what to do when it gets worse.",
  "desk.soap.send": "Sign and send to the station",
} as const satisfies Readonly<Record<keyof typeof zh, string>>;
