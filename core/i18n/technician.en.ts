import type { technician as zh } from "./technician.zh-CN.ts";

/** Words of the technician's place. Same keys and placeholders as technician.zh-CN.ts. */
export const technician = {
  "tech.title": "Device technician",
} as const satisfies Record<keyof typeof zh, string>;
