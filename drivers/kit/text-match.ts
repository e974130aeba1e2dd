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

function stopAt(stop: Stop, text: string, at: number, to: number): number {
  let nearest = stop.end ? to : -1;
  for (const each of stop.texts) {
    const found = text.indexOf(each, at);
    if (found >= 0 && found + each.length <= to && (nearest < 0 || found < nearest)) nearest = found;
  }
  return nearest;
}

/** Reads the nodes from `at`; answers the place behind them, or -1 where the text is another. */
function readNodes(nodes: readonly Node[], reading: Reading, at: number, to: number): number {
  const { text } = reading;
  let from = at;
  for (const node of nodes) {
    switch (node.is) {
      case "literal":
        if (!text.startsWith(node.text, from) || from + node.text.length > to) return -1;
        from += node.text.length;
        break;
      case "field": {
        const limit = node.stop === undefined ? to : stopAt(node.stop, text, from, to);
        const read = limit < 0 ? undefined : node.codec.read(text, from, limit);
        if (read === undefined) return -1;
        if (!isImpossible(read.value)) reading.values[node.name] = read.value;
        else reading.impossible ??= { field: node.name, raw: read.value.raw };
        from = read.next;
        break;
      }
      case "optional":
        if (text.startsWith(node.first, from)) {
          from = readNodes(node.nodes, reading, from, to);
          if (from < 0) return -1;
        } else for (const name of node.names) reading.values[name] = null;
        break;
      case "blanks": {
        const begin = from;
        while (from < to && isBlank(text, from)) from++;
        if (from - begin < node.least) return -1;
        break;
      }
      case "apart": {
        const begin = from;
        while (from < to && isMark(text.charCodeAt(from))) from++;
        if (from === begin) return -1;
        break;
      }
      case "count": {
        const begin = from;
        while (from < to && from - begin < (node.width ?? 4) && isDigit(text.charCodeAt(from))) from++;
        if (from === begin || (node.width !== undefined && from - begin !== node.width)) return -1;
        reading.count = Number(text.slice(begin, from));
        break;
      }
      case "pairs": {
        const end = node.behind === undefined ? stopAt(node.stop, text, from, to) : to - node.behind.length;
        const pairs = end < from ? undefined : readPairs(reading.template, text.slice(from, end));
        if (pairs === undefined) return -1;
        Object.assign(reading.values, pairs.values);
        reading.impossible ??= pairs.impossible;
        reading.notes = pairs.notes;
        from = end;
        break;
      }
      case "records":
        from = readRecords(reading, from, to);
        if (from < 0) return -1;
        break;
    }
  }
  return from;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isMark = (code: number): boolean => code >= 0x20 && code <= 0x7e && !isDigit(code);

/** As many as the header says, or as many as there are. Fewer is not this text: nothing of it counts. */
function readRecords(reading: Reading, at: number, to: number): number {
  const { template, count } = reading;
  if (count === 0) return -1;
  const [head, headImpossible] = [reading.values, reading.impossible];
  let from = at;
  while (reading.rows.length < Math.min(count ?? mostRecords, mostRecords)) {
    reading.values = { ...head };
    reading.impossible = headImpossible;
    const next = readNodes(template.record, reading, from, to);
    if (next <= from) {
      if (count !== undefined || reading.rows.length === 0) return -1;
      break;
    }
    reading.rows.push({ values: reading.values, impossible: reading.impossible, from, to: next });
    from = next;
  }
  reading.values = head;
  reading.impossible = headImpossible;
  return from;
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
  if (readNodes(template.head, reading, 0, text.length) !== text.length) return undefined;
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
