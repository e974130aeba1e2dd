import type { EnvelopeKind, ReaderSink } from "./envelope.ts";
import { createHl7Speaker } from "./hl7-speaker.ts";
import { createMllpFramer, messageIn, mllp } from "./mllp.ts";
import { delimitersOf, hl7Dialect } from "./records.ts";
import { checkRecords } from "./records-check.ts";
import { createMessageReader, recordFieldsOf, recordFieldTypes } from "./records-frame.ts";
import { resultPlaces } from "./records-place.ts";
import { bytesFrom, charsetNamed, textFrom } from "./records-text.ts";
import { writeMessage } from "./records-write.ts";
import type { Hl7Envelope } from "./schema-records.ts";

/** What the header says to whoever answers: everything as it was written, nothing unescaped. */
interface Header {
  readonly trigger: string;
  readonly controlId: string;
  readonly processing: string;
  readonly version: string;
  /** HL7 table 0155: AL, NE, ER, SU; empty: as the two sides have agreed. */
  readonly wants: string;
  readonly charset: string;
}

function headerOf(message: Uint8Array): Header {
  const [line = ""] = textFrom(message.subarray(0, 1_024), "latin1").split(/[\r\n]/);
  const separator = delimitersOf(hl7Dialect, line)?.field;
  const fields = separator === undefined ? [] : line.split(separator);
  // MSH-1 is the separator itself, so that the first text behind it is MSH-2.
  const at = (field: number): string => (fields[field - 1] ?? "").replaceAll(/[^ -~]/g, "").slice(0, 199);
  return {
    trigger: at(9).split("^")[1] ?? "",
    controlId: at(10),
    processing: at(11),
    version: at(12),
    wants: at(16) === "" ? at(15) : at(16),
    charset: at(18),
  };
}

/** `MSA|AA|id` or `MSA|AE|id`. There is no clock here: MSH-7 stays empty. */
export function acknowledgement(header: Header, code: "AA" | "AE"): Uint8Array {
  const msh = ["MSH", "^~\\&", "", "", "", "", "", "", `ACK^${header.trigger}`, header.controlId];
  const lines = [
    [...msh, header.processing || "P", header.version || "2.5.1"],
    ["MSA", code, header.controlId],
  ];
  return mllp(bytesFrom(lines.map((fields) => `${fields.join("|")}\r`).join("")));
}

function answered(wants: string, agreed: boolean, code: "AA" | "AE"): boolean {
  if (wants === "AL") return true;
  if (wants === "NE") return false;
  if (wants === "ER") return code === "AE";
  return wants === "SU" ? code === "AA" : agreed;
}

/** HL7 v2 in MLLP blocks: ORU^R01, OUL^R22, ORU^R30. */
export const hl7Kind: EnvelopeKind<Hl7Envelope> = {
  fields: recordFieldTypes,
  reader({ envelope, table, sink }) {
    return createMllpFramer(envelope.maxBytes, {
      block(bytes, start, end) {
        const raw = bytes.slice(start, end);
        const message = messageIn(raw, 0, raw.length);
        const header = headerOf(message);
        const told: (() => void)[] = [];
        const codes: ("AA" | "AE")[] = ["AA"];
        const later: ReaderSink = {
          ...sink,
          frame: (...found) => void told.push(() => sink.frame(...found)),
          impossible: (...found) => void told.push(() => sink.impossible(...found)),
          discard(bytes, reason) {
            // Sound, and not for us ("value"): sending it again would not help.
            if (reason === "incomplete") codes.push("AE");
            told.push(() => sink.discard(bytes, reason));
          },
        };
        const read = createMessageReader(hl7Dialect, envelope, table, later);
        read(textFrom(message, charsetNamed(header.charset, envelope.charset)), raw);
        // The device is answered first: with its result the session is over.
        const code = codes.at(-1) ?? "AA";
        if (answered(header.wants, envelope.acknowledged, code)) sink.reply(acknowledgement(header, code));
        for (const tell of told) tell();
      },
      discard: (bytes, start, end, reason) => sink.discard(bytes.slice(start, end), reason),
    });
  },
  encode(_profile, envelope, frame, values) {
    const places = resultPlaces(hl7Dialect, envelope);
    const lines = writeMessage(hl7Dialect, envelope, places, frame.says ?? [], recordFieldsOf(frame), values);
    return mllp(bytesFrom(lines.map((line) => `${line}\r`).join("")));
  },
  check: (profile, envelope, name, frame, say) => checkRecords(hl7Dialect, profile, envelope, name, frame, say),
  canForm: () => false,
  speaker: (envelope, bends) => (envelope.acknowledged ? createHl7Speaker(bends) : undefined),
};
