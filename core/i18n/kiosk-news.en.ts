import type { kioskNews as zh } from "./kiosk-news.zh-CN.ts";

/** Same keys as kiosk-news.zh-CN.ts. */
export const kioskNews = {
  "kiosk.news.title": "A message for you",
  "kiosk.news.from": "{name}, {time}",
  "kiosk.news.fromHub": "From the health center, {time}",
  "kiosk.news.heard": "I have heard it",
  "kiosk.news.next": "Next one",

  "kiosk.news.opened": "Somebody opened your health record",
  "kiosk.news.opened.who": "Who",
  "kiosk.news.opened.when": "When",
  "kiosk.news.opened.why": "Why",
  "kiosk.news.talk": "I want to talk about that",
  "kiosk.news.talks": "Somebody will talk with you about it",
  "kiosk.news.talks.what": "Whoever is in charge will find you and say clearly who looked, and why.",

  "kiosk.news.ask": "There is a message for you. Hear it now?",
  "kiosk.news.ask.what": "Whoever is helping you will see and hear it, too.",
  "kiosk.news.ask.now": "Now",
  "kiosk.news.ask.later": "Another time",

  "kiosk.asked.said": "The doctor heard your yes: {check} is about to start",
  "kiosk.asked.does.cuff": "The cuff on your arm will fill with air and get tight.",
  "kiosk.asked.does.reads": "The device begins by itself. Please keep still.",
  "kiosk.asked.touch": "If you do not want it, touch the screen anywhere and it stops.",
  "kiosk.asked.stop": "Stop, do not measure",

  "kiosk.opinion.several": "All {n} opinions",
  "kiosk.opinion.of": "{n} of {all}",
  "kiosk.opinion.more": "See the next one",
  "kiosk.joint.title": "What several doctors say together",
  "kiosk.joint.signed": "Signed by:",
  "kiosk.joint.others": "See it differently:",
  "kiosk.joint.dissent": "This doctor sees it differently",
} as const satisfies Record<keyof typeof zh, string>;
