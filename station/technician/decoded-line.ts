import type { LineEvent } from "../../core/contract/technician-line.ts";
import { decoder, isPrivate, rulesOf, toHex, type Heard, type Profile, type Value } from "../../drivers/kit/index.ts";

type BytesEvent = Extract<LineEvent, { kind: "bytes" }>;
export type LineBytes = Pick<BytesEvent, "direction" | "sizeBytes" | "hex" | "withheld" | "heard">;

/**
 * What a technician may see of a line. Bytes and values pass when nobody can be meant by them: while a visit is open only
 * those of frames that tell about the device itself; what a scanner or a card reader hears is somebody's at any time.
 */
export class DecodedLine {
  readonly #profile: Profile;
  readonly #ears: Readonly<Record<"in" | "out", ReturnType<typeof decoder>>>;
  readonly #residentPresent: () => boolean;
  readonly #private: boolean;
  /** Bytes of the begun frame came while they were somebody's: they stay so until the frame is whole. */
  #begunWithheld = false;

  constructor(profile: Profile, residentPresent: () => boolean) {
    this.#profile = profile;
    this.#residentPresent = residentPresent;
    this.#private = isPrivate(profile);
    this.#ears = { in: decoder(profile), out: decoder(profile, { side: "device" }) };
  }

  /** Bytes of a begun frame from the device wait for the rest. */
  get pending(): boolean {
    return this.#ears.in.pending() > 0;
  }

  hear(direction: "in" | "out", bytes: Uint8Array): LineBytes {
    const begun = this.pending;
    return this.#told(direction, bytes, this.#ears[direction].hearFrames(bytes), begun);
  }

  /** The line fell silent in the middle of a frame. */
  flush(): LineBytes | undefined {
    const heard = this.#ears.in.flushFrames();
    return heard.length === 0 ? undefined : this.#told("in", new Uint8Array(0), heard, true);
  }

  #told(direction: "in" | "out", bytes: Uint8Array, heard: readonly Heard[], begun: boolean): LineBytes {
    const guarded = direction === "in" && (this.#private || this.#residentPresent() || (begun && this.#begunWithheld));
    const harmless = !begun && !this.pending && heard.length > 0 && heard.every((each) => this.#isOfDevice(each));
    const withheld = guarded && !harmless;
    if (direction === "in") this.#begunWithheld = this.pending && withheld;
    return {
      direction,
      sizeBytes: bytes.length,
      ...(withheld ? {} : { hex: toHex(bytes) }),
      withheld,
      heard: heard.map((each) => {
        const discarded = each.outcomes.find((outcome) => outcome.kind === "discarded")?.reason;
        const shown = !guarded || this.#isOfDevice(each);
        return {
          ...(each.frame === undefined ? {} : { frame: each.frame }),
          sizeBytes: each.raw.length,
          values: shown
            ? Object.entries(each.values).map(([field, value]) => ({ field, value: valueText(value) }))
            : [],
          ...(discarded === undefined ? {} : { discarded }),
        };
      }),
    };
  }

  /** A frame that only tells about the device: its clock, its serial number, that it is there. */
  #isOfDevice({ frame }: Heard): boolean {
    return frame !== undefined && rulesOf(this.#profile, frame).every(({ kind }) => kind === "information");
  }
}

function valueText(value: Value): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if ("unit" in value && "value" in value) {
    const { comparator, value: number, unit } = value as { comparator?: string; value: number; unit: string };
    return `${comparator ?? ""}${String(number)} ${unit}`;
  }
  if ("notCalculable" in value) return "notCalculable";
  return Object.entries(value)
    .filter(([, on]) => on)
    .map(([name]) => name)
    .join(" ");
}
