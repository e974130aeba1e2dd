import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import type { Invitation, QueueItem } from "../../core/contract/hub-calls.ts";
import { urgentFrom } from "../../core/domain/calls.ts";

/** What a doctor who looks elsewhere is told of: by a browser's notification and a sound. */
export interface Urgent {
  /** The same one is told once. A late one is told once more. */
  readonly id: string;
  readonly kind: "alarm" | "urgent" | "late" | "invitation";
  readonly place: string;
}

export interface Watched {
  readonly alarms: readonly AlarmItem[];
  readonly queue: readonly QueueItem[];
  readonly invitations: readonly Invitation[];
}

/** Everything urgent now. Names of residents stay out: a notification is read by whoever stands by. */
export function urgentNow({ alarms, queue, invitations }: Watched): readonly Urgent[] {
  const waiting = queue.filter(({ mine, declined, severity }) => !mine && !declined && severity >= urgentFrom);
  return [
    ...alarms.map(({ alarm, station }) => ({ id: alarm, kind: "alarm", place: station.name }) as const),
    ...waiting.map(({ call, station }) => ({ id: call, kind: "urgent", place: station.name }) as const),
    ...waiting
      .filter(({ late }) => late)
      .map(({ call, station }) => ({ id: `${call}-late`, kind: "late", place: station.name }) as const),
    ...invitations.map(({ call, by }) => ({ id: `${call}-ask`, kind: "invitation", place: by.name }) as const),
  ];
}

/** Those that were not there before. */
export function newlyUrgent(told: ReadonlySet<string>, now: readonly Urgent[]): readonly Urgent[] {
  return now.filter(({ id }) => !told.has(id));
}

/** `denied` where the browser has no notifications. */
export function mayNotify(): NotificationPermission {
  return typeof Notification === "undefined" ? "denied" : Notification.permission;
}

/** Shown by the system beside whatever else is open; a press brings this page back. */
export function notify(
  urgent: Urgent,
  words: { readonly title: string; readonly body: string },
  come: () => void,
): void {
  if (mayNotify() !== "granted") return;
  const shown = new Notification(words.title, {
    body: words.body,
    tag: urgent.id,
    requireInteraction: urgent.kind !== "invitation",
  });
  shown.addEventListener("click", () => {
    window.focus();
    come();
    shown.close();
  });
}
