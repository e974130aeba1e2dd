import { createAstmReceiver } from "../../../drivers/kit/astm-receiver.ts";
import { createBinaryFramer } from "../../../drivers/kit/binary-framer.ts";
import { isIntegerField } from "../../../drivers/kit/fields.ts";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import type { Framer } from "../../../drivers/kit/framer.ts";
import { fromHex } from "../../../drivers/kit/hex.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import { createLabelFramer } from "../../../drivers/kit/label-framer.ts";
import { createMllpFramer } from "../../../drivers/kit/mllp.ts";
import { NumberRow } from "../../../drivers/kit/number-row.ts";
import { textEntry } from "../../../drivers/kit/text-compile.ts";
import { createTextFramer } from "../../../drivers/kit/text-framer.ts";

/**
 * A profile's frames cut and checked, and nothing made of them: what the kit does before anybody takes a frame. Binary
 * frames are recognised by their type bytes, and their integers go into one row of numbers that is used again and again.
 * Texts are cut at their ends and checked; which of its texts it is, a device tells by its fields, and those are read when
 * the text is taken. A transfer of ASTM records, a block of HL7 and a printed label are one frame each.
 */
export interface Cutting {
  readonly framer: Framer;
  frames: number;
  /** Bytes that were no frame. */
  dropped: number;
  /** Read the integers of each binary frame, too. */
  numbers: boolean;
}

const said = { rows: [], notes: {} } as const;

export function cutting(profile: Profile): Cutting {
  const { host: envelope } = profile.envelopes;
  const table = compileFrames(profile, "host");
  const drop = (_bytes: Uint8Array, start: number, end: number): void => void (counts.dropped += end - start);
  const count = (): void => {
    counts.frames++;
  };
  const receive = (): Framer => {
    switch (envelope.kind) {
      case "binary": {
        // Pushed, not mapped: arrays made in two ways have two shapes, and the engine would throw away what it compiled.
        const integers: NumberRow[] = [];
        for (const { frame } of table) integers.push(new NumberRow(Object.values(frame.fields).filter(isIntegerField)));
        const row = new Float64Array(256);
        return createBinaryFramer(envelope, table, {
          frame(index, bytes, start) {
            if (counts.numbers) integers[index]!.read(bytes, start, row);
            counts.frames++;
          },
          discard: drop,
        });
      }
      case "text": {
        const entries = table.map((each) =>
          textEntry(each, each.frame.bytes === undefined ? undefined : fromHex(each.frame.bytes)),
        );
        return createTextFramer(envelope, entries, { match: () => said, message: count, discard: drop });
      }
      case "label":
        return createLabelFramer(envelope, { frame: count, discard: drop });
      case "hl7":
        return createMllpFramer(envelope.maxBytes, { block: count, discard: drop });
      case "astm":
        return createAstmReceiver(
          {
            answers: envelope.acknowledged,
            headerFirst: envelope.headerFirst === true,
            hex: envelope.lowerCaseChecksum === true ? "lower" : "upper",
            maxBytes: envelope.maxBytes,
          },
          { message: count, reply: () => undefined, discard: (raw) => void (counts.dropped += raw.length) },
        );
    }
  };
  const counts = { frames: 0, dropped: 0, numbers: false };
  const framer = receive();
  return Object.assign(counts, { framer });
}
