import { createMllpFramer, messageIn } from "./mllp.ts";
import { textFrom } from "./records-text.ts";
import type { Speaker } from "./speaker.ts";
import type { Timed } from "./simulator.ts";

/** A message is sent so often before the device gives up. */
const mostTries = 3;

/**
 * The device's end of an HL7 line: one message at a time, repeated when the host answers AE or AR. A host that never
 * answers costs it nothing: the message is out. `bends`: the first of that message has a wrong bit.
 */
export function createHl7Speaker(bends: number | undefined): Speaker {
  let queue: readonly Uint8Array[] = [];
  let tries = 0;
  const answers: string[] = [];
  const framer = createMllpFramer(4_096, {
    block(bytes, start, end) {
      const said = /\rMSA\|(A[AER])\|/.exec(textFrom(messageIn(bytes, start, end), "latin1"))?.[1];
      if (said !== undefined) answers.push(said);
    },
    discard: () => undefined,
  });
  function sent(afterMs: number): readonly Timed[] {
    const [message] = queue;
    if (message === undefined) return [];
    tries++;
    const bytes =
      bends !== undefined && tries === 1 ? message.map((byte, at) => (at === bends ? byte ^ 4 : byte)) : message;
    return [{ bytes, afterMs, instead: true }];
  }
  return {
    say(messages) {
      const idle = queue.length === 0;
      queue = [...queue, ...messages];
      return idle ? sent(0) : [];
    },
    hear(chunk) {
      framer.hear(chunk);
      const answer = answers.splice(0).at(-1);
      if (answer === undefined) return [];
      if (answer !== "AA" && tries < mostTries) return sent(100);
      queue = queue.slice(1);
      tries = 0;
      return sent(100);
    },
  };
}
