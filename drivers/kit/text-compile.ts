import type { CompiledFrame } from "./frame-table.ts";
import type { Frame } from "./schema.ts";
import { standsInText, textCodec, type TextCodec, type TextField } from "./text-codecs.ts";
import { fieldNames, templateParts, type Part } from "./text-template.ts";

/** The template of a frame, with everything looked up that does not change from one message to the next. */

/** Where a field of open length ends: before the first of these texts, or with what is looked at (`end`). */
export interface Stop {
  readonly texts: readonly string[];
  readonly end: boolean;
}
export type Node =
  | Exclude<Part, { readonly is: "field" | "optional" | "pairs" }>
  | { readonly is: "field"; readonly name: string; readonly codec: TextCodec; readonly stop: Stop | undefined }
  | {
      readonly is: "optional";
      readonly nodes: readonly Node[];
      readonly first: string;
      readonly names: readonly string[];
    }
  | { readonly is: "pairs"; readonly stop: Stop; readonly behind: string | undefined };

export interface TextTemplate {
  readonly head: readonly Node[];
  readonly record: readonly Node[];
  readonly frame: Frame;
  /** Keyed fields by every key that means them. */
  readonly keyed: ReadonlyMap<string, KeyedField>;
  /** It begins with something that is recognised for itself; without that, only a whole line is looked at. */
  readonly anchored: boolean;
}
export interface KeyedField {
  readonly name: string;
  readonly field: TextField;
  readonly codec: TextCodec;
}

/** A field whose length its own text tells does not look for what stands behind it. */
export function isOpen(field: TextField): boolean {
  switch (field.type) {
    case "text":
      return field.width === undefined;
    case "textCode":
      return field.open !== undefined && field.open.width === undefined;
    case "amount":
      return true;
    default:
      return false;
  }
}

/**
 * What can stand first behind a field, given everything that follows it. Undefined: nothing fixed, so it has no end.
 * `throughBlanks`: the field has blanks in itself (a number and its unit), so they do not end it.
 */
export function stopOf(rest: readonly Part[], throughBlanks = false): Stop | undefined {
  const texts: string[] = [];
  for (const part of rest) {
    switch (part.is) {
      case "literal":
        return { texts: [...texts, part.text], end: false };
      case "optional":
        texts.push(part.first);
        break;
      case "blanks":
        if (throughBlanks) break;
        if (part.least === 1) return { texts: [...texts, " "], end: false };
        texts.push(" ");
        break;
      default:
        return undefined;
    }
  }
  return { texts, end: true };
}

function compileParts(parts: readonly Part[], behind: readonly Part[], frame: Frame): readonly Node[] {
  return parts.map((part, i): Node => {
    const rest = [...parts.slice(i + 1), ...behind];
    switch (part.is) {
      case "field": {
        const field = frame.fields[part.name];
        if (field === undefined || !standsInText(field)) throw new Error(`there is no field ${part.name}`);
        return {
          ...part,
          codec: textCodec(field),
          stop: isOpen(field) ? stopOf(rest, field.type === "amount") : undefined,
        };
      }
      case "optional":
        return {
          is: "optional",
          nodes: compileParts(part.parts, rest, frame),
          first: part.first,
          names: fieldNames(part.parts),
        };
      case "pairs": {
        const literals = rest.flatMap((each) => (each.is === "literal" ? [each.text] : []));
        return {
          is: "pairs",
          stop: stopOf(rest) ?? { texts: [], end: true },
          behind: literals.length === rest.length ? literals.join("") : undefined,
        };
      }
      default:
        return part;
    }
  });
}

const compiled = new WeakMap<Frame, TextTemplate>();
export function textTemplate(frame: Frame): TextTemplate {
  const known = compiled.get(frame);
  if (known !== undefined) return known;
  const parts = templateParts(frame.layout ?? "");
  const keyed = new Map<string, KeyedField>();
  for (const [name, field] of Object.entries(frame.fields)) {
    if (!standsInText(field) || field.key === undefined) continue;
    for (const key of field.key) keyed.set(key, { name, field, codec: textCodec(field) });
  }
  const [first] = parts;
  const firstField = first?.is === "field" ? frame.fields[first.name] : undefined;
  const template = {
    head: compileParts(parts, [], frame),
    record: frame.records === undefined ? [] : compileParts(templateParts(frame.records), [], frame),
    frame,
    keyed,
    anchored:
      first?.is === "literal" ||
      (firstField !== undefined && standsInText(firstField) && !isOpen(firstField) && firstField.type !== "text"),
  };
  compiled.set(frame, template);
  return template;
}

/** The frame of a compiled table with its template; frames of fixed bytes have none. */
export interface TextEntry {
  readonly index: number;
  readonly bytes: Uint8Array | undefined;
  readonly template: TextTemplate | undefined;
  readonly sizes: readonly [number, number] | undefined;
}
export function textEntry({ frame, index, minSize, maxSize }: CompiledFrame, fixed: Uint8Array | undefined): TextEntry {
  return {
    index,
    bytes: fixed,
    template: fixed === undefined ? textTemplate(frame) : undefined,
    sizes: frame.size === undefined ? undefined : [minSize, maxSize],
  };
}
