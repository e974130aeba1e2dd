import { ENQ, EOT, framesOf } from "./astm-frame.ts";
import { createAstmReceiver } from "./astm-receiver.ts";
import { createAstmSpeaker } from "./astm-speaker.ts";
import type { EnvelopeKind } from "./envelope.ts";
import { astmDialect } from "./records.ts";
import { checkRecords } from "./records-check.ts";
import { createMessageReader, recordFieldsOf, recordFieldTypes } from "./records-frame.ts";
import { resultPlaces } from "./records-place.ts";
import { bytesFrom, textFrom } from "./records-text.ts";
import { writeMessage } from "./records-write.ts";
import type { AstmEnvelope } from "./schema-records.ts";

const hexOf = (envelope: AstmEnvelope): "upper" | "lower" => (envelope.lowerCaseChecksum === true ? "lower" : "upper");

/** A whole transfer as it stands on the line when everything is acknowledged: ENQ, frames, EOT; or header, ENQ, … */
function transfer(envelope: AstmEnvelope, records: readonly string[]): Uint8Array {
  const frames = framesOf(records.map(bytesFrom), envelope.frames, hexOf(envelope));
  const [header = new Uint8Array(0), ...rest] = frames;
  const parts = envelope.headerFirst === true ? [header, [ENQ], ...rest, [EOT]] : [[ENQ], ...frames, [EOT]];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** ASTM E1381 frames around E1394 records (CLSI LIS01-A2 and LIS02-A2). */
export const astmKind: EnvelopeKind<AstmEnvelope> = {
  fields: recordFieldTypes,
  reader({ envelope, table, sink }) {
    const message = createMessageReader(astmDialect, envelope, table, sink);
    return createAstmReceiver(
      {
        answers: envelope.acknowledged,
        headerFirst: envelope.headerFirst === true,
        hex: hexOf(envelope),
        maxBytes: envelope.maxBytes,
      },
      {
        message(transfer) {
          const pieces = transfer.pieces().map((each) => ({ text: textFrom(each.text, "latin1"), raw: each.raw }));
          message(pieces.map(({ text }) => text).join(""), transfer.raw(), pieces);
        },
        discard: (raw, reason) => sink.discard(raw, reason),
        reply: (bytes) => sink.reply(bytes),
      },
    );
  },
  encode(_profile, envelope, frame, values) {
    const places = resultPlaces(astmDialect, envelope);
    return transfer(
      envelope,
      writeMessage(astmDialect, envelope, places, frame.says ?? [], recordFieldsOf(frame), values),
    );
  },
  check: (profile, envelope, name, frame, say) => checkRecords(astmDialect, profile, envelope, name, frame, say),
  canForm: () => false,
  speaker: (envelope, bends) => (envelope.acknowledged ? createAstmSpeaker("instrument", bends) : undefined),
};
