import type { Node, Stop, TextTemplate } from "./text-compile.ts";
import { readPairs, writePairs } from "./text-pairs.ts";
import { isImpossible, type Value, type Values } from "./value.ts";

/** One body of text against one template: text in, values out, and the other way. */

// Text → values ------------------------------------------------------------------------------------------------------

export interface TextRow {
  readonly values: Values;
  readonly impossible: { readonly field: string; readonly raw: string } | undefined;
  /** Its place in the body; a text without records is one row with all of it. */
  readonly from: number;
  readonly to: number;
}
export interface TextMatch {
  readonly rows: readonly TextRow[];
  readonly notes: Readonly<Record<string, string>>;
}

interface Reading {
  readonly template: TextTemplate;
  readonly text: string;
  values: Record<string, Value>;
  impossible: TextRow["impossible"];
  count: number | undefined;
  readonly rows: TextRow[];
  notes: Readonly<Record<string, string>>;
}

const mostRecords = 10_000;
const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) === 32;

/** Where a field ends that its own text does not end; undefined where nothing stands that ends it. */
function stopAt(stop: Stop, text: string, at: number): number | undefined {
  let nearest = stop.end ? text.length : undefined;
  for (const each of stop.texts) {
    const found = text.indexOf(each, at);
    if (found >= 0 && found < (nearest ?? text.length)) nearest = found;
  }
  return nearest;
}

/** Reads the nodes from `at`; answers the place behind them, or undefined where the text is another. */
function readNodes(nodes: readonly Node[], reading: Reading, at: number): number | undefined {
  const { text } = reading;
  let from = at;
  for (const node of nodes) {
    const next = readNode(node, reading, text, from);
    if (next === undefined) return undefined;
    from = next;
  }
  return from;
}

function readNode(node: Node, reading: Reading, text: string, at: number): number | undefined {
  let from = at;
  switch (node.is) {
    case "literal":
      return text.startsWith(node.text, at) ? at + node.text.length : undefined;
    case "field": {
      const limit = node.stop === undefined ? text.length : stopAt(node.stop, text, at);
      const read = limit === undefined ? undefined : node.codec.read(text, at, limit);
      if (read === undefined) return undefined;
      if (!isImpossible(read.value)) reading.values[node.name] = read.value;
      else reading.impossible ??= { field: node.name, raw: read.value.raw };
      return read.next;
    }
    case "optional":
      if (text.startsWith(node.first, at)) return readNodes(node.nodes, reading, at);
      for (const name of node.names) reading.values[name] = null;
      return at;
    case "blanks":
      while (isBlank(text, from)) from++;
      return from - at < node.least ? undefined : from;
    case "apart":
      while (isMark(text.charCodeAt(from))) from++;
      return from === at ? undefined : from;
    case "count": {
      const [least, most] = node.width === undefined ? [1, 4] : [node.width, node.width];
      while (from - at < most && isDigit(text.charCodeAt(from))) from++;
      reading.count = Number(text.slice(at, from));
      return from - at < least ? undefined : from;
    }
    case "pairs": {
      const end = node.behind === undefined ? stopAt(node.stop, text, at) : text.length - node.behind.length;
      const pairs = end === undefined || end < at ? undefined : readPairs(reading.template, text.slice(at, end));
      if (pairs === undefined) return undefined;
      Object.assign(reading.values, pairs.values);
      reading.impossible ??= pairs.impossible;
      reading.notes = pairs.notes;
      return end;
    }
    case "records":
      return readRecords(reading, at);
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isMark = (code: number): boolean => code >= 0x20 && code <= 0x7e && !isDigit(code);

/** As many as the header says, or as many as there are. Fewer is not this text: nothing of it counts. */
function readRecords(reading: Reading, at: number): number | undefined {
  const { template, count, rows } = reading;
  const { values: head, impossible: headImpossible } = reading;
  let from = at;
  while (rows.length < Math.min(count ?? mostRecords, mostRecords)) {
    reading.values = { ...head };
    reading.impossible = headImpossible;
    const next = readNodes(template.record, reading, from);
    if (next === undefined) {
      if (count === undefined) break;
      return undefined;
    }
    rows.push({ values: reading.values, impossible: reading.impossible, from, to: next });
    from = next;
  }
  reading.values = head;
  reading.impossible = headImpossible;
  return rows.length === 0 ? undefined : from;
}

/** The whole body against one frame; undefined where it is another text. Never throws. */
export function matchText(template: TextTemplate, text: string): TextMatch | undefined {
  const reading: Reading = {
    template,
    text,
    values: {},
    impossible: undefined,
    count: undefined,
    rows: [],
    notes: {},
  };
  if (readNodes(template.head, reading, 0) !== text.length) return undefined;
  const { values, impossible, rows, notes } = reading;
  return { rows: rows.length > 0 ? rows : [{ values, impossible, from: 0, to: text.length }], notes };
}

// Values → text ------------------------------------------------------------------------------------------------------

export function writeText(template: TextTemplate, values: Values): string {
  return writeNodes(template.head, template, values);
}

function writeNodes(nodes: readonly Node[], template: TextTemplate, values: Values): string {
  return nodes
    .map((node): string => {
      switch (node.is) {
        case "literal":
          return node.text;
        case "field": {
          const value = values[node.name];
          if (value === undefined) throw new Error(`no value for ${node.name}`);
          return node.codec.write(value);
        }
        case "optional":
          return node.names.some((name) => (values[name] ?? null) !== null)
            ? writeNodes(node.nodes, template, values)
            : "";
        case "blanks":
          return node.least === 1 ? " " : "";
        case "apart":
          return node.written;
        case "count":
          return "1".padStart(node.width ?? 1, "0");
        case "pairs":
          return writePairs(template, values);
        case "records":
          return writeNodes(template.record, template, values);
      }
    })
    .join("");
}
