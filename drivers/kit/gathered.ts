import { allSessions } from "./conversation.ts";
import { checkAt } from "./binary-layout.ts";
import { checks } from "./checks.ts";
import { fieldOffsets } from "./fields.ts";
import type { Profile } from "./schema.ts";

/** Results that are believed only when they have been said twice, the same each time. */

/** Frames whose numbers count for nothing one by one: they are read twice, or said again by the device itself. */
export function gatheredFrames(profile: Profile): ReadonlySet<string> {
  return new Set(
    allSessions(profile).flatMap(({ conversation }) =>
      conversation.steps.flatMap((step) =>
        step.do === "twice" ? [step.expect] : step.do === "settle" && step.quiet === true ? [step.frame] : [],
      ),
    ),
  );
}

/** Offsets that may differ between two answers of `size` bytes: the declared counters, and the check that covers them. */
export function countedOffsets(
  { envelopes: { host }, frames }: Profile,
  frame: string,
  counters: readonly string[],
  size: number,
): ReadonlySet<number> {
  if (host.kind !== "binary" || counters.length === 0) return new Set();
  const fields = frames[frame]?.fields ?? {};
  const own = counters.flatMap((name) => {
    const field = fields[name];
    return field === undefined ? [] : fieldOffsets(field, size);
  });
  const width = checks[host.check.kind].size * (host.check.form === "hex" ? 2 : 1);
  return new Set([...own, ...Array.from({ length: width }, (_, i) => checkAt(host, size) + i)]);
}

/** Are these two answers the same, byte for byte apart from the counters? */
export function agreeOn(
  profile: Profile,
  frame: string,
  counters: readonly string[] = [],
): (one: Uint8Array, other: Uint8Array) => boolean {
  return (one, other) => {
    const apart = countedOffsets(profile, frame, counters, one.length);
    return one.length === other.length && one.every((byte, at) => byte === other[at] || apart.has(at));
  };
}
