import type { deskPages as zh } from "./desk-pages.zh-CN.ts";

export const deskPages = {
  "desk.page.consult": "Consult",
  "desk.pages": "Pages",
  "desk.page.none": "This account has no page at the desk.",
  "desk.page.loading": "Opening",
  "desk.page.failed": "This page did not open. Check the network.",
  "desk.page.again": "Try again",
  "desk.help": "Keys",
  "desk.key.accept": "Accept the first one waiting",
  "desk.key.mute": "In a call: microphone off or on",
  "desk.key.send": "Send the opinion being written",
  "desk.key.back": "Close the window, or back to the page before",
  "desk.key.tab": "Move between buttons and fields",
  "desk.key.help": "Open this sheet",
} as const satisfies Readonly<Record<keyof typeof zh, string>>;
