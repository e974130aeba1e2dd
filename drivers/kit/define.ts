import type { MeaningOf } from "./define-meaning.ts";
import type { FramesTo } from "./define-parts.ts";
import type { SessionForOf, SessionOf, TasksOf } from "./define-session.ts";
import type { SimulateOf } from "./define-simulate.ts";
import type { Frames, Profile } from "./schema.ts";
import { checkProfile } from "./validate.ts";

/**
 * Types computed from the frame table: meaning, session and simulator can only name frames and fields that are there,
 * and a reading only a field whose unit its quantity may carry.
 */
type Plain = Omit<Profile, "frames" | "meaning" | "session" | "sessionFor" | "tasks" | "simulate" | "link">;
export type ProfileOf<F extends Frames> = Plain & {
  readonly frames: F;
  readonly link?: Omit<NonNullable<Profile["link"]>, "reset" | "ack"> & {
    readonly reset: readonly [FramesTo<F, "device">, FramesTo<F, "host">];
    readonly ack: readonly [FramesTo<F, "device">, FramesTo<F, "host">];
  };
  readonly meaning: MeaningOf<F>;
  readonly session: SessionOf<F>;
  readonly sessionFor?: SessionForOf<F>;
  readonly tasks?: TasksOf<F>;
  readonly simulate: SimulateOf<F>;
};

/**
 * A shipped profile: its tables are checked against each other by the compiler, and by the same schema as a loaded one.
 * The answer is plain data that survives JSON. Throws with path and reason when the table contradicts itself.
 */
export function defineProfile<const F extends Frames>(
  profile: { readonly frames: F } & ProfileOf<NoInfer<F>>,
): Profile {
  const checked = checkProfile(profile);
  if (!checked.ok) throw new Error(checked.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  return checked.profile;
}
