import type { Clock } from "../../core/domain/time.ts";
import { decoder, encode, stopsOf, type Conversation, type Profile } from "../../drivers/kit/index.ts";
import type { Channel } from "../channels/channel.ts";
import type { Logger } from "../log/logger.ts";

type Stop = NonNullable<Conversation["stop"]>;

/**
 * Tells a device that acts on a person to stop, over a link that has just come back: it was lost while the device was at
 * work, so the stop that belongs to a lost link could not be sent then. Sends the profile's stop frames (of each of its
 * sessions: which one was at work is forgotten), nothing else, until they are acknowledged or their tries are used up.
 * Answers whether one was acknowledged, or the link is gone again.
 */
export async function makeSafe(profile: Profile, channel: Channel, clock: Clock, log: Logger): Promise<boolean> {
  const stops = stopsOf(profile);
  let heard = stops.length === 0;
  for (const stop of stops) heard = (await stopBy(stop, profile, channel, clock, log)) || heard;
  return heard;
}

async function stopBy(stop: Stop, profile: Profile, channel: Channel, clock: Clock, log: Logger): Promise<boolean> {
  const ears = decoder(profile);
  const bytes = encode(profile, stop.send, {});
  let cancel = (): void => {};
  let over = (): void => {};
  const acknowledged = new Promise<"over">((resolve) => (over = () => resolve("over")));
  const leaveBytes = channel.onBytes((chunk) => {
    log.bytes("←", chunk);
    if (ears.hearFrames(chunk).some(({ frame }) => frame !== undefined && stop.expect.includes(frame))) over();
  });
  const leaveGone = channel.onGone(over);
  let heard = false;
  for (let tried = 0; tried < stop.tries && !heard; tried++) {
    log.bytes("→", bytes);
    void channel.write(bytes);
    const waited = new Promise<"late">((resolve) => (cancel = clock.after(stop.withinMs, () => resolve("late"))));
    heard = (await Promise.race([acknowledged, waited])) === "over";
  }
  cancel();
  leaveBytes();
  leaveGone();
  return heard;
}
