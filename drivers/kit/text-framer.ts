import type { DiscardReason } from "../../core/domain/outcome.ts";
import { checks } from "./checks.ts";
import type { Framer } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { TextEnvelope } from "./schema.ts";
import { latin1Bytes } from "./text-codecs.ts";
import { mostDigits, writeCheck } from "./text-check.ts";
import type { TextEntry, TextTemplate } from "./text-compile.ts";
import type { TextMatch } from "./text-match.ts";
import { templateParts, allParts } from "./text-template.ts";

/**
 * Cuts bytes into messages of text. Nothing but whole messages with a right check and a known text come out. The bytes and
 * the place handed out belong to the framer: they are valid only during the call.
 */
export interface TextSink {
  /** Is the body the text of this template? Its characters are made when they are asked for, and once for all templates. */
  match(template: TextTemplate, body: TextBody): TextMatch | undefined;
  /** `match` is absent for a message of fixed bytes. The body stands from `bodyStart` to `bodyEnd`. */
  message(entry: TextEntry, match: TextMatch | undefined, bytes: Uint8Array, place: Place): void;
  discard(bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void;
}
export interface TextBody {
  text(): string;
}
export interface Place {
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly end: number;
}

/** What stands where a message may begin. All else about it is in the framer's own variables: nothing is made to be told. */
type Cut = "open" | "whole" | "broken";

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
  const dropsNothing = !dropped.includes(1);
  const check = envelope.check?.kind === "none" ? undefined : envelope.check;
  const kind = checks[check?.kind ?? "none"];
  const sumFrom = check?.from ?? 0;
  const sumStart = check?.begin ?? kind.start;
  const lead = latin1Bytes(check?.lead ?? "");
  const digits = new Uint8Array(mostDigits);
  const behindEnd = check?.place === "afterEnd" ? 1 : 0;
  /** A byte that no text holds may be the first of the next message. */
  const begins = new Uint8Array(256);
  const endBegins = new Uint8Array(256);
  for (const [first] of ends) if (first !== undefined) endBegins[first] = 1;
  for (const [first] of [mark, ...fixed.map(({ bytes }) => bytes)]) if (first !== undefined) begins[first] = 1;

  /** Bytes that a text holds and that begin no end: they are only passed over. */
  const plain = allowed.map((held, byte) => (held === 1 && endBegins[byte] === 0 ? 1 : 0));

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
  /** Of what stands whole: which text it is, what it says, and where it stands. */
  let entry: TextEntry | undefined;
  let match: TextMatch | undefined;
  const place = { start: 0, bodyStart: 0, bodyEnd: 0, end: 0 };
  /** Of what is broken: why, and the first place worth looking at. */
  let reason: DiscardReason = "noise";
  let next = 0;
  /** Where the end of the message begins that is looked at. */
  let closedAt = -1;
  /** The end that something broken has, and where the next message begins. */
  const closed = { from: -1, to: -1, line: -1 };
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

  function broken(why: DiscardReason, from = begin + 1): Cut {
    reason = why;
    next = from;
    return "broken";
  }
  function stands(bodyStart: number, bodyEnd: number, to: number): void {
    place.start = begin;
    place.bodyStart = bodyStart;
    place.bodyEnd = bodyEnd;
    place.end = to;
  }
  function found(which: TextEntry, said?: TextMatch): Cut {
    entry = which;
    match = said;
    return "whole";
  }

  /** The first byte from `from` on that says anything, or `to`. */
  function passed(from: number, to: number): number {
    const bytes = buffer;
    let at = from;
    while (at < to && plain[bytes[at] as number] === 1) at++;
    return at;
  }

  /** "broken": none of the messages of fixed bytes stands here. */
  function cutFixed(silent: boolean): Cut {
    let waits = false;
    for (const { entry: each, bytes } of fixed) {
      const begun = standsAt(bytes, begin);
      if (begun === "yes") {
        stands(begin, begin + bytes.length, begin + bytes.length);
        return found(each);
      }
      waits ||= begun === "open" && !silent;
    }
    return waits ? "open" : broken("noise");
  }

  /** Searches the first end behind `from`; a byte that no text holds comes before it or not at all. */
  function cutText(silent: boolean): Cut {
    const begun = standsAt(mark, begin);
    if (begun === "no") return broken("noise");
    if (begun === "open") return silent ? broken("incomplete") : "open";
    const bodyStart = begin + mark.length;
    const limit = Math.min(end, begin + envelope.maxBytes);
    let at = passed(Math.max(bodyStart, searched), limit);
    let size = 0;
    for (; at < limit; at = passed(at + 1, limit)) {
      const byte = buffer[at] as number;
      if (endBegins[byte] === 1) size = endSize(at, silent);
      if (size !== 0) break;
      if (allowed[byte] !== 1) return broken(brokenAs(at), begins[byte] === 1 ? Math.max(at, begin + 1) : at + 1);
    }
    searched = at;
    if (size > 0) return whole(bodyStart, at, at + size, silent);
    if (at - begin >= envelope.maxBytes) return broken("length");
    if (!silent) return "open";
    if (envelope.silence === true && at > bodyStart) return whole(bodyStart, at, at, silent);
    return broken("incomplete");
  }
  const brokenAs = (at: number): DiscardReason => (marked && at > begin + mark.length ? "value" : "noise");

  /** The characters of the body. The pieces of one broken message are looked at again and again: they share its text. */
  const body: TextBody = {
    text() {
      if (heldTo !== closedAt) {
        held = latin1(buffer, place.bodyStart, closedAt);
        heldFrom = place.bodyStart;
        heldTo = closedAt;
      }
      return held.slice(place.bodyStart - heldFrom, place.bodyEnd - heldFrom);
    },
  };
  /** Where the digits of the check begin, behind their lead. Undefined: they are not there. */
  function digitsOf(bodyStart: number, endAt: number): number | undefined {
    if (check === undefined || check.place === "afterEnd") return endAt;
    let at = endAt - (check.form === "hex2" ? 2 : 4);
    if (check.form === "decimal") {
      at = endAt;
      while (at > bodyStart && isDigit(buffer[at - 1] ?? 0)) at--;
    }
    const leadAt = at - lead.length;
    return leadAt >= bodyStart && standsAt(lead, leadAt) === "yes" ? at : undefined;
  }
  function isRight(bodyEnd: number, digitsAt: number, endAt: number, to: number): boolean {
    if (check === undefined) return true;
    const until = check.place === "afterEnd" ? to : bodyEnd;
    const sum = kind.extend(sumStart, buffer, begin + sumFrom, until);
    if (check.place === "afterEnd") return buffer[to] === sum;
    const size = writeCheck(check.form, sum, digits);
    if (endAt - digitsAt !== size) return false;
    for (let i = 0; i < size; i++) if (buffer[digitsAt + i] !== digits[i]) return false;
    return true;
  }

  function whole(bodyStart: number, endAt: number, to: number, silent: boolean): Cut {
    const behind = to + behindEnd;
    if (behind > end) return silent ? broken("incomplete") : "open";
    const digitsAt = digitsOf(bodyStart, endAt);
    if (digitsAt === undefined) return brokenWhole("checksum", endAt, to);
    const bodyEnd = check?.place === "beforeEnd" ? digitsAt - lead.length : endAt;
    stands(bodyStart, bodyEnd, behind);
    closedAt = endAt;
    for (const { entry: each, template } of texts) {
      const { sizes } = each;
      if (begin !== line && !marked && !template.anchored) continue;
      if (sizes !== undefined && (behind - begin < sizes[0] || behind - begin > sizes[1])) continue;
      const said = sink.match(template, body);
      if (said === undefined) continue;
      if (!isRight(bodyEnd, digitsAt, endAt, to)) return brokenWhole("checksum", endAt, to);
      return found(each, said);
    }
    // Why is said of the whole message; what is looked at behind its beginning belongs to the same.
    const why = runReason === "noise" && !isRight(bodyEnd, digitsAt, endAt, to) ? "checksum" : "value";
    return brokenWhole(why, endAt, to);
  }
  function brokenWhole(why: DiscardReason, endAt: number, to: number): Cut {
    closed.from = endAt;
    closed.to = to;
    closed.line = to + behindEnd;
    // Without something to recognise a beginning by, a piece of a line could be taken for a message.
    return broken(why, anchored ? begin + 1 : closed.line);
  }

  function scan(silent: boolean): void {
    closed.from = closed.to = closed.line = -1;
    while (begin < end) {
      let cut = cutFixed(silent);
      if (cut === "broken" && texts.length > 0) cut = cutText(silent);
      if (cut === "open") break;
      if (cut === "whole") {
        nameRun();
        begin = runStart = line = place.end;
        if (entry !== undefined) sink.message(entry, match, buffer, place);
        continue;
      }
      if (reason !== "noise" && runReason === "noise") {
        nameRun();
        runReason = reason;
      }
      begin = next;
      // No message begins inside of an end.
      if (begin > closed.from && begin < closed.to) begin = closed.to;
      if (begin === closed.line) line = begin;
    }
    if (silent) line = begin;
  }
  /** Everything before `begin` is told. Nothing is moved for it while there is room behind. */
  function settle(): void {
    nameRun();
    if (begin === end) toFront();
  }
  function toFront(): void {
    if (begin < end) buffer.copyWithin(0, begin, end);
    heldTo = -1;
    end -= begin;
    searched -= begin;
    line = line < begin ? -1 : line - begin;
    begin = runStart = 0;
  }
  /** Makes room for so many bytes behind what is held. */
  function room(count: number): void {
    if (end + count <= buffer.length) return;
    toFront();
    if (end + count <= buffer.length) return;
    const larger = new Uint8Array(Math.min(2 * buffer.length, envelope.maxBytes + 4 * portion));
    larger.set(buffer.subarray(0, end));
    buffer = larger;
  }

  function keep(chunk: Uint8Array, from: number, to: number): void {
    const bytes = buffer;
    let size = end;
    if (dropsNothing) {
      bytes.set(to - from === chunk.length ? chunk : chunk.subarray(from, to), size);
      end = size + to - from;
      return;
    }
    for (let at = from; at < to; at++) {
      const byte = chunk[at] as number;
      if (dropped[byte] !== 1) bytes[size++] = byte;
    }
    end = size;
  }

  return {
    hear(chunk) {
      for (let from = 0; from < chunk.length; from += portion) {
        const to = Math.min(chunk.length, from + portion);
        room(to - from);
        keep(chunk, from, to);
        scan(false);
        settle();
      }
    },
    flush() {
      scan(true);
      settle();
    },
    pending: () => end - begin,
    prefer() {
      // Texts are told apart by what they say.
    },
  };
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
