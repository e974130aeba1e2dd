import type { Clock } from "../../core/domain/time.ts";
import { decoder, encode, type Profile } from "../../drivers/kit/index.ts";
import type { Channel } from "../channels/channel.ts";

/**
 * Tells a device that acts on a person to stop, over a link that has just come back: it was lost while the device was at
 * work, so the stop that belongs to a lost link could not be sent then. Sends the profile's stop frame, nothing else,
 * until it is acknowledged or its tries are used up.
 */
export async function makeSafe(profile: Profile, channel: Channel, clock: Clock): Promise<void> {
  const { stop } = profile.session;
  if (stop === undefined) return;
  const ears = decoder(profile);
  const bytes = encode(profile, stop.send, {});
  let cancel = (): void => {};
  let over = (): void => {};
  const acknowledged = new Promise<"over">((resolve) => (over = () => resolve("over")));
  const leaveBytes = channel.onBytes((chunk) => {
    if (ears.hearFrames(chunk).some(({ frame }) => frame !== undefined && stop.expect.includes(frame))) over();
  });
  const leaveGone = channel.onGone(over);
  for (let tried = 0; tried < stop.tries; tried++) {
    void channel.write(bytes);
    const waited = new Promise<"late">((resolve) => (cancel = clock.after(stop.withinMs, () => resolve("late"))));
    if ((await Promise.race([acknowledged, waited])) === "over") break;
  }
  cancel();
  leaveBytes();
  leaveGone();
}
