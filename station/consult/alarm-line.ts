import type { AlarmHub } from "../visits/alarms.ts";
import type { HubLink } from "./hub-link.ts";

/** Calls for help over the station's one line to its hub. */
export function alarmLine(link: () => HubLink | undefined): AlarmHub {
  return {
    raise: async ({ id, visit, reason, at }) => {
      const client = link()?.client;
      if (client === undefined) return false;
      await client.alarm.raise({ alarm: id, visit, reason, at });
      return true;
    },
    over: async (alarm) => {
      await link()?.client?.alarm.over({ alarm });
    },
  };
}
