import type { Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { decoder, type Decoder, type Field, type Heard, type Profile } from "../kit/index.ts";
import { hostFrames } from "./golden.ts";

/** Everything that these pieces say, the line falling silent after the last. */
export function all(device: Decoder, ...chunks: readonly Uint8Array[]): readonly Heard[] {
  return [...chunks.flatMap((chunk) => device.hearFrames(chunk)), ...device.flushFrames()];
}
/** A decoder that waits for this frame: where bytes alone fit several, the question decides. */
export function waitingFor(profile: Profile, frame: string): Decoder {
  const device = decoder(profile);
  device.prefer(frame);
  return device;
}
export const framesIn = (heard: readonly Heard[]): readonly Heard[] => heard.filter((each) => each.frame !== undefined);
export const outcomesIn = (heard: readonly Heard[]): readonly Outcome[] => heard.flatMap((each) => each.outcomes);
export const readingsIn = (heard: readonly Heard[]): readonly Reading[] =>
  outcomesIn(heard).flatMap((outcome) => ("readings" in outcome ? outcome.readings : []));

/** Every field of every frame that the device sends. */
export function hostFields(
  profile: Profile,
): readonly { readonly frame: string; readonly name: string; readonly field: Field }[] {
  return hostFrames(profile).flatMap((frame) =>
    Object.entries(profile.frames[frame]?.fields ?? {}).map(([name, field]) => ({ frame, name, field })),
  );
}
