import type { ReaderSink } from "./envelope.ts";
import type { CompiledFrame } from "./frame-table.ts";
import type { Delimiters, Dialect } from "./records.ts";
import { parseMessages, type RecordGroup } from "./records-group.ts";
import { holds, resultPlaces } from "./records-place.ts";
import { hasRequired, readGroup, type RecordReader } from "./records-read.ts";
import type { RecordField, RecordsEnvelope } from "./schema-records.ts";
import type { Frame } from "./schema.ts";

export const recordFieldTypes = ["result", "recordTime", "recordText", "recordCode", "marks", "unmapped"] as const;

/** The fields of a frame of a records envelope. `validate.ts` has checked their types; a loaded profile goes the same way. */
export function recordFieldsOf(frame: Frame): Readonly<Record<string, RecordField>> {
  const types: readonly string[] = recordFieldTypes;
  const strange = Object.entries(frame.fields).find(([, field]) => !types.includes(field.type));
  if (strange !== undefined) throw new Error(`a ${strange[1].type} field does not stand in a record`);
  return frame.fields as Readonly<Record<string, RecordField>>;
}

export const hasResults = (frame: Frame): boolean =>
  Object.values(frame.fields).some((field) => field.type === "result" || field.type === "unmapped");

/** A part of a message that was sent by itself. */
export interface RecordPiece {
  readonly text: string;
  readonly raw: Uint8Array;
}

/** The bytes of the pieces that a group stands in. Undefined when a record of it stands in no piece alone. */
function ownBytes(group: RecordGroup, pieces: readonly RecordPiece[]): Uint8Array | undefined {
  const lines = [...group.above.values(), ...group.results, ...group.comments].map(({ line }) => line);
  const stands = pieces.map(({ text, raw }) => ({ lines: text.split(/[\r\n]+/), raw }));
  if (!lines.every((line) => stands.some((piece) => piece.lines.includes(line)))) return undefined;
  const own = stands.filter((piece) => lines.some((line) => piece.lines.includes(line)));
  return Uint8Array.from(own.flatMap(({ raw }) => [...raw]));
}

/**
 * Whole messages → frames of the table. Each group of results becomes the first frame that is about results and whose
 * tests hold; a message without any result the first of the others. All of them share the bytes of the message.
 */
export function createMessageReader(
  dialect: Dialect,
  envelope: RecordsEnvelope,
  table: readonly CompiledFrame[],
  sink: ReaderSink,
): (text: string, raw: Uint8Array, pieces?: readonly RecordPiece[]) => void {
  const reader: RecordReader = { dialect, envelope, places: resultPlaces(dialect, envelope) };
  const frames = table.map(({ frame }) => ({ frame, results: hasResults(frame), fields: recordFieldsOf(frame) }));

  return (text, raw, pieces = []) => {
    const messages = parseMessages(dialect, envelope.group, text);
    if (messages === undefined) {
      sink.discard(raw, "incomplete");
      return;
    }
    const several = messages.reduce((sum, { groups }) => sum + groups.length, 0) > 1;
    const taken = (delimiters: Delimiters, group: RecordGroup, first: boolean): boolean => {
      const index = frames.findIndex(
        ({ frame, fields, results }) =>
          results === group.results.length > 0 &&
          hasRequired(reader, delimiters, group, fields) &&
          (frame.says ?? []).every((test) => holds(dialect, delimiters, group, test)),
      );
      const found = frames[index];
      if (found === undefined) return false;
      const { values, impossible } = readGroup(reader, delimiters, group, found.fields, first);
      const own = several ? ownBytes(group, pieces) : undefined;
      if (impossible === undefined) sink.frame(index, values, raw, undefined, own);
      else sink.impossible(index, impossible.field, impossible.raw, values, raw);
      return true;
    };
    let any = false;
    for (const { delimiters, groups, whole } of messages) {
      let said = false;
      for (const group of groups.length === 0 ? [whole] : groups) said = taken(delimiters, group, !said) || said;
      any ||= said;
    }
    // A sound message of another device, or a run that is neither a patient's nor a control.
    if (!any) sink.discard(raw, "value");
  };
}
