import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks } from "./checks.ts";
import type { Framer } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { TextEnvelope } from "./schema.ts";
import type { TextEntry } from "./text-compile.ts";
import { matchText, type TextMatch } from "./text-match.ts";
import { templateParts, allParts } from "./text-template.ts";

/** Cuts bytes into messages of text. Nothing but whole messages with a right check and a known text come out. */
export interface TextSink {
  /** `match` is absent for a message of fixed bytes. The body stands from `bodyStart` to `bodyEnd`. */
  message(entry: TextEntry, match: TextMatch | undefined, bytes: Uint8Array, place: Place): void;
  discard(bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void;
}
export interface Place {
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly end: number;
}

type Cut =
  | { readonly is: "open" }
  | { readonly is: "whole"; readonly entry: TextEntry; readonly match: TextMatch | undefined; readonly place: Place }
  /** `next`: the first place worth looking at. `closed`: the end that it has, and where the next message begins. */
  | { readonly is: "broken"; readonly reason: DiscardReason; readonly next: number; readonly closed?: Closed };
interface Closed {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

const open: Cut = { is: "open" };
/** Bytes taken in at once: what is held is at most this and one message. */
const portion = 1_024;

/** Which bytes may stand between start and end: printable ones and those that a template names. */
function allowedBytes(envelope: TextEnvelope, entries: readonly TextEntry[]): Uint8Array {
  const allowed = new Uint8Array(256).fill(1, 0x20, 0x7f);
  const allow = (text: string | undefined): void => {
    for (const char of text ?? []) allowed[char.charCodeAt(0)] = 1;
  };
  allow(envelope.check?.lead);
  for (const { template } of entries) {
    if (template === undefined) continue;
    const { layout, records, pairs, fields } = template.frame;
    for (const text of [layout, records])
      for (const part of text === undefined ? [] : allParts(templateParts(text)))
        if (part.is === "literal") allow(part.text);
    allow(pairs?.separator);
    for (const field of Object.values(fields))
      if (field.type === "text" && field.charset !== undefined) allowed.fill(1, highest[field.charset] ?? 256);
  }
  return allowed;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at += 1_024)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 1_024)));
  return text;
}

/** Where the bytes above ASCII begin that a charset may use. */
const highest: Readonly<Record<string, number>> = { latin: 0xa0, unicode: 0x80, gbk: 0x80 };

export function createTextFramer(envelope: TextEnvelope, entries: readonly TextEntry[], sink: TextSink): Framer {
  const mark = fromHex(envelope.start);
  // The longest that fits is the end, so that CR LF is not CR and a stray LF.
  const ends = envelope.end.map(fromHex).sort((a, b) => b.length - a.length);
  const fixed = entries.flatMap((entry) => (entry.bytes === undefined ? [] : [{ entry, bytes: entry.bytes }]));
  const texts = entries.flatMap((entry) => (entry.template === undefined ? [] : [{ entry, template: entry.template }]));
  const marked = mark.length > 0;
  const anchored = marked || texts.some(({ template }) => template.anchored);
  const allowed = allowedBytes(envelope, entries);
  const dropped = new Uint8Array(256);
  for (const byte of envelope.drop ?? []) dropped[byte] = 1;
  const check = envelope.check?.kind === "none" ? undefined : envelope.check;
  const lead = check?.lead ?? "";
  const behindEnd = check?.place === "afterEnd" ? 1 : 0;
  /** A byte that no text holds may be the first of the next message. */
  const begins = new Uint8Array(256);
  for (const [first] of [mark, ...fixed.map(({ bytes }) => bytes)]) if (first !== undefined) begins[first] = 1;

  let buffer = new Uint8Array(Math.min(envelope.maxBytes, portion) + portion);
  let begin = 0;
  let end = 0;
  let runStart = 0;
  let runReason: DiscardReason = "noise";
  /** No end stands between `begin` and this place, which need not be searched again. */
  let searched = 0;
  /** The text up to an end, while one message is looked at. */
  let held = "";
  let heldFrom = 0;
  let heldTo = -1;
  /** A message begins here: behind the end of another, or after a pause. */
  let line = 0;

  function nameRun(): void {
    if (runStart < begin) sink.discard(buffer, runStart, begin, runReason);
    runStart = begin;
    runReason = "noise";
  }
  /** Do these bytes stand at `at`? "open": as far as they have come. */
  function standsAt(wanted: Uint8Array, at: number): "yes" | "no" | "open" {
    for (let i = 0; i < wanted.length; i++) {
      if (at + i >= end) return "open";
      if (buffer[at + i] !== wanted[i]) return "no";
    }
    return "yes";
  }
  /** Size of the end that stands here; 0 for none, -1 when more bytes decide. */
  function endSize(at: number, silent: boolean): number {
    for (const each of ends) {
      const stands = standsAt(each, at);
      if (stands === "yes") return each.length;
      if (stands === "open" && !silent) return -1;
    }
    return 0;
  }

  function cutFixed(silent: boolean): Cut | undefined {
    let waits = false;
    for (const { entry, bytes } of fixed) {
      const stands = standsAt(bytes, begin);
      if (stands === "yes") {
        const to = begin + bytes.length;
        return {
          is: "whole",
          entry,
          match: undefined,
          place: { start: begin, bodyStart: begin, bodyEnd: to, end: to },
        };
      }
      waits ||= stands === "open" && !silent;
    }
    return waits ? open : undefined;
  }

  /** Searches the first end behind `from`; a byte that no text holds comes before it or not at all. */
  function cutText(silent: boolean): Cut {
    const begun = standsAt(mark, begin);
    if (begun === "no") return { is: "broken", reason: "noise", next: begin + 1 };
    if (begun === "open") return silent ? { is: "broken", reason: "incomplete", next: begin + 1 } : open;
    const bodyStart = begin + mark.length;
    let at = Math.max(bodyStart, searched);
    let size = 0;
    for (; at < end && at - begin < envelope.maxBytes; at++) {
      size = endSize(at, silent);
      if (size !== 0) break;
      const byte = buffer[at] as number;
      if (allowed[byte] !== 1)
        return { is: "broken", reason: brokenAs(at), next: begins[byte] === 1 ? Math.max(at, begin + 1) : at + 1 };
    }
    searched = at;
    if (size > 0) return whole(bodyStart, at, at + size, silent);
    if (at - begin >= envelope.maxBytes) return { is: "broken", reason: "length", next: begin + 1 };
    if (!silent) return open;
    if (envelope.silence === true && at > bodyStart) return whole(bodyStart, at, at, silent);
    return { is: "broken", reason: "incomplete", next: begin + 1 };
  }
  const brokenAs = (at: number): DiscardReason => (marked && at > begin + mark.length ? "value" : "noise");

  /** The characters of a body. The pieces of one broken message are looked at again and again: they share its text. */
  function textOf(from: number, to: number): string {
    if (heldTo !== to) {
      held = latin1(buffer, from, to);
      [heldFrom, heldTo] = [from, to];
    }
    return held.slice(from - heldFrom);
  }
  /** Where the digits of the check begin, behind their lead. Undefined: they are not there. */
  function digitsOf(bodyStart: number, endAt: number): number | undefined {
    if (check === undefined || check.place === "afterEnd") return endAt;
    let at = endAt - (check.form === "hex2" ? 2 : 4);
    if (check.form === "decimal") {
      at = endAt;
      while (at > bodyStart && isDigit(buffer[at - 1] ?? 0)) at--;
    }
    const leadAt = at - lead.length;
    return leadAt >= bodyStart && latin1(buffer, leadAt, at) === lead ? at : undefined;
  }
  function isRight(bodyEnd: number, digitsAt: number, endAt: number, to: number): boolean {
    if (check === undefined) return true;
    const found = checks[check.kind];
    const sum = (until: number): number => found.extend(check.begin ?? found.start, buffer, begin + check.from, until);
    if (check.place === "afterEnd") return buffer[to] === sum(to);
    return latin1(buffer, digitsAt, endAt) === checkText(check.form, sum(bodyEnd));
  }

  function whole(bodyStart: number, endAt: number, to: number, silent: boolean): Cut {
    const next = to + behindEnd;
    if (next > end) return silent ? { is: "broken", reason: "incomplete", next: begin + 1 } : open;
    const atLine = begin === line;
    const broken = (reason: DiscardReason): Cut => ({
      is: "broken",
      reason,
      // Without something to recognise a beginning by, a piece of a line could be taken for a message.
      next: anchored ? begin + 1 : next,
      closed: { from: endAt, to, line: next },
    });
    const digitsAt = digitsOf(bodyStart, endAt);
    if (digitsAt === undefined) return broken("checksum");
    const bodyEnd = check?.place === "beforeEnd" ? digitsAt - lead.length : endAt;
    const text = textOf(bodyStart, endAt).slice(0, bodyEnd - bodyStart);
    for (const { entry, template } of texts) {
      const { sizes } = entry;
      if (!atLine && !marked && !template.anchored) continue;
      if (sizes !== undefined && (next - begin < sizes[0] || next - begin > sizes[1])) continue;
      const match = matchText(template, text);
      if (match === undefined) continue;
      if (!isRight(bodyEnd, digitsAt, endAt, to)) return broken("checksum");
      return { is: "whole", entry, match, place: { start: begin, bodyStart, bodyEnd, end: next } };
    }
    // Why is said of the whole message; what is looked at behind its beginning belongs to the same.
    const why = runReason === "noise" && !isRight(bodyEnd, digitsAt, endAt, to) ? "checksum" : "value";
    return broken(why);
  }

  function scan(silent: boolean): void {
    let closed: Closed | undefined;
    while (begin < end) {
      const cut = cutFixed(silent) ?? (texts.length === 0 ? undefined : cutText(silent));
      if (cut?.is === "open") break;
      if (cut?.is === "whole") {
        nameRun();
        begin = runStart = line = cut.place.end;
        sink.message(cut.entry, cut.match, buffer, cut.place);
        continue;
      }
      const reason = cut?.reason ?? "noise";
      if (reason !== "noise" && runReason === "noise") {
        nameRun();
        runReason = reason;
      }
      closed = cut?.closed ?? closed;
      begin = cut?.next ?? begin + 1;
      // No message begins inside of an end.
      if (closed !== undefined && begin > closed.from && begin < closed.to) begin = closed.to;
      if (begin === closed?.line) line = begin;
    }
    if (silent) line = begin;
  }
  /** Everything before `begin` is told; what is held moves to the front. */
  function settle(): void {
    nameRun();
    if (begin === 0) return;
    buffer.copyWithin(0, begin, end);
    heldTo = -1;
    end -= begin;
    searched -= begin;
    line = line < begin ? -1 : line - begin;
    begin = runStart = 0;
  }
  function room(): void {
    if (end + portion <= buffer.length) return;
    const larger = new Uint8Array(Math.min(2 * buffer.length, envelope.maxBytes + 4 * portion));
    larger.set(buffer.subarray(0, end));
    buffer = larger;
  }

  return {
    hear(chunk) {
      for (let from = 0; from < chunk.length; from += portion) {
        room();
        for (let at = from; at < Math.min(chunk.length, from + portion); at++) {
          const byte = chunk[at] as number;
          if (dropped[byte] !== 1) buffer[end++] = byte;
        }
        scan(false);
        settle();
      }
    },
    flush() {
      scan(true);
      settle();
    },
    // What is held moves to the front before anybody asks.
    pending: () => end,
    prefer() {
      // Texts are told apart by what they say.
    },
  };
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

export function checkText(form: "byte" | "hex2" | "hex4" | "decimal", sum: number): string {
  if (form === "byte") return String.fromCharCode(sum);
  if (form === "decimal") return String(sum);
  return sum
    .toString(16)
    .toUpperCase()
    .padStart(form === "hex2" ? 2 : 4, "0");
}
