import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Conversation, Profile } from "./schema.ts";
import type { taskNames } from "./schema-session.ts";

/** The sessions of a profile: one for measuring, perhaps others for single kinds, and those that are no measurement. */
export type TaskName = (typeof taskNames)[number];

export interface Named {
  /** Where it stands: `session`, `sessionFor.oximetry`, `tasks.open`. */
  readonly path: string;
  readonly conversation: Conversation;
  readonly task?: TaskName;
}

export function measuringSessions(profile: Profile): readonly Named[] {
  const own = Object.entries(profile.sessionFor ?? {});
  return [
    { path: "session", conversation: profile.session },
    ...own.map(([kind, conversation]) => ({ path: `sessionFor.${kind}`, conversation })),
  ];
}

export function allSessions(profile: Profile): readonly Named[] {
  const tasks = Object.entries(profile.tasks ?? {}) as readonly (readonly [TaskName, Conversation])[];
  return [
    ...measuringSessions(profile),
    ...tasks.map(([task, conversation]) => ({ path: `tasks.${task}`, conversation, task })),
  ];
}

/** Throws when the profile has no such task: whoever asks has looked at `tasksOf` before. */
export function conversationOf(
  profile: Profile,
  { of, task }: { readonly of?: MeasurementKind | undefined; readonly task?: TaskName | undefined },
): Conversation {
  if (task === undefined) return (of === undefined ? undefined : profile.sessionFor?.[of]) ?? profile.session;
  const found = profile.tasks?.[task];
  if (found === undefined) throw new Error(`${profile.id} has no task ${task}`);
  return found;
}

export function tasksOf(profile: Profile): readonly TaskName[] {
  return Object.keys(profile.tasks ?? {}) as readonly TaskName[];
}

/** Every way to stop what the device may be doing to a person, each once: whoever does not know what it does sends all. */
export function stopsOf(profile: Profile): readonly NonNullable<Conversation["stop"]>[] {
  const stops = new Map<string, NonNullable<Conversation["stop"]>>();
  for (const { conversation } of measuringSessions(profile)) {
    const { stop } = conversation;
    if (stop !== undefined && !stops.has(stop.send)) stops.set(stop.send, stop);
  }
  return [...stops.values()];
}

/** The frames that set something going. */
export function actingFrames(sessions: readonly Named[]): ReadonlySet<string> {
  return new Set(
    sessions.flatMap(({ conversation }) =>
      conversation.steps.flatMap((step) => ("acts" in step && step.acts === true ? [step.send] : [])),
    ),
  );
}

/** Names of the parameters that whoever starts it must hand in. */
export function parametersOf({ steps, replies, keepAlive }: Conversation): readonly string[] {
  const said = [
    ...steps.flatMap((step) => ("send" in step ? [step.values, "also" in step ? step.also?.values : undefined] : [])),
    ...Object.values(replies ?? {}).map(({ values }) => values),
    keepAlive?.values,
  ];
  const names = said.flatMap((values) =>
    Object.values(values ?? {}).flatMap((value) => (typeof value === "object" && "from" in value ? [value.from] : [])),
  );
  return [...new Set(names)];
}
