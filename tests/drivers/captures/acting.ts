import type { Outcome } from "../../../core/domain/outcome.ts";
import { decoder, type Profile, type SessionOptions } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { text } from "./replay.ts";

/** A recorded line, `TX` from the host or `RX` from the device, as hex without blanks. */
export interface Line {
  readonly from: "TX" | "RX";
  readonly hex: string;
}
/** The lines of a `frames.hex`; none where the captures are absent. */
export function linesOf(path: string): readonly Line[] {
  return text(path)
    .split("\n")
    .flatMap((line): readonly Line[] => {
      const [from, ...bytes] = line.trim().split(/\s+/);
      return from === "TX" || from === "RX" ? [{ from, hex: bytes.join("").toLowerCase() }] : [];
    });
}

export interface Acted {
  readonly end: string;
  /** Names of what the host sent, in order. */
  readonly sent: readonly string[];
  readonly outcomes: readonly Outcome[];
}
/** A task or the session itself against the simulated device. `end`: `finished`, or the code of what went wrong. */
export function act(
  profile: Profile,
  options: Pick<SessionOptions, "task" | "values" | "job"> & { readonly fault?: string } = {},
): Acted {
  const { fault, ...session } = options;
  const { end, sent, outcomes } = play(profile, {
    session,
    ...(fault === undefined ? {} : { simulator: { fault } }),
  });
  const device = decoder(profile, { side: "device" });
  return {
    end: end?.code ?? end?.how ?? "never ended",
    sent: sent.flatMap(({ bytes }) =>
      [...device.hearFrames(bytes), ...device.flushFrames()].map(({ frame }) => frame ?? "?"),
    ),
    outcomes,
  };
}
