import { useEffect, useLayoutEffect, useRef } from "react";
import { soundCall } from "../parts/alarm-sound.ts";
import { useText } from "../parts/language.tsx";
import type { DeskShown } from "./desk.ts";
import { newlyUrgent, notify, urgentNow } from "./notify.ts";

const titles = {
  alarm: "desk.alarm.title",
  urgent: "desk.notify.urgent",
  late: "desk.notify.late",
  invitation: "desk.notify.invitation",
} as const;

/** Tells of everything urgent, each once; calls for help have an alarm of their own. */
export function useUrgent({ alarms, queue, invitations }: DeskShown, come: () => void): void {
  const text = useText();
  const told = useRef<ReadonlySet<string>>(new Set());
  const tell = useRef({ text, come });
  useLayoutEffect(() => {
    tell.current = { text, come };
  });
  useEffect(() => {
    const { text, come } = tell.current;
    const now = urgentNow({ alarms, queue: queue ?? [], invitations });
    const fresh = newlyUrgent(told.current, now);
    told.current = new Set(now.map(({ id }) => id));
    for (const one of fresh) notify(one, { title: text(titles[one.kind]), body: one.place }, come);
    if (fresh.some(({ kind }) => kind !== "alarm")) soundCall();
  }, [alarms, queue, invitations]);
}
