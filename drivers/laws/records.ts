import type { Unit } from "../../core/domain/quantity.ts";
import { decoder, type Profile, type Value } from "../kit/index.ts";
import { framesOf, readFrame, turnsOf } from "../kit/astm-frame.ts";
import { mllp } from "../kit/mllp.ts";
import { astmDialect, hl7Dialect, type Dialect } from "../kit/records.ts";
import { bytesFrom, textFrom } from "../kit/records-text.ts";
import type { RecordField } from "../kit/schema-records.ts";
import { goldenBytes, hostFrames } from "./golden.ts";
import { all, outcomesIn } from "./hearing.ts";
import { broken, none, type Law } from "./law.ts";
import { canonical } from "./same.ts";

/** What holds for devices that send records. */

/** Numbers just outside what each unit allows, and zero where it is none. */
export function impossibleRecordValues(field: RecordField): readonly Value[] {
  if (field.type !== "result") return [];
  return (Object.keys(field.units) as Unit[]).flatMap((unit) => {
    const limits = field.units[unit];
    if (limits === undefined) return [];
    const step = 10 ** -limits.decimals;
    return [limits.min - step, limits.max + step, 0]
      .map((value) => Number(value.toFixed(limits.decimals)))
      .filter((value) => value >= 0 && (value < limits.min || value > limits.max))
      .map((value) => ({ value, unit }));
  });
}

/** The records of a golden message, and a message made of them again. */
interface Opened {
  readonly dialect: Dialect;
  readonly lines: readonly string[];
  closed(lines: readonly string[]): Uint8Array;
}
function opened(profile: Profile, frame: string): Opened | undefined {
  const { host } = profile.envelopes;
  const golden = goldenBytes(profile, frame);
  const linesOf = (text: string): readonly string[] => text.split("\r").filter((line) => line !== "");
  if (host.kind === "hl7") {
    return {
      dialect: hl7Dialect,
      lines: linesOf(textFrom(golden.subarray(1, -2), "latin1")),
      closed: (lines) => mllp(bytesFrom(lines.map((line) => `${line}\r`).join(""))),
    };
  }
  if (host.kind !== "astm") return undefined;
  const hex = host.lowerCaseChecksum === true ? "lower" : "upper";
  const pieces = turnsOf(golden).flatMap((turn) => {
    const end = turn.lastIndexOf(0x0a);
    return end < 0 ? [] : [readFrame(turn.subarray(0, end + 1), hex)];
  });
  const text = pieces.map((piece) => textFrom(piece?.text ?? new Uint8Array(0), "latin1")).join("");
  return {
    dialect: astmDialect,
    lines: linesOf(text),
    closed(lines) {
      const [first, ...rest] = framesOf(lines.map(bytesFrom), host.frames, hex);
      const start = host.headerFirst === true ? [...(first ?? []), 5] : [5, ...(first ?? [])];
      return Uint8Array.from([...start, ...rest.flatMap((each) => [...each]), 4]);
    },
  };
}

const secret = "PRIVATE7";
/** A word in every empty field that the standard keeps for a person. */
function named({ dialect }: Opened, line: string, delimiter: string): string {
  const fields = line.split(delimiter);
  const type = fields[0] ?? "";
  if (type === dialect.header) return line;
  const before = 1 - dialect.firstField(type);
  const wanted = dialect.private.includes(type)
    ? Array.from({ length: 12 }, (_, i) => i + 2)
    : dialect.private.flatMap((place) => (place.startsWith(`${type}-`) ? [Number(place.slice(type.length + 1))] : []));
  for (const field of wanted) {
    while (fields.length <= field + before) fields.push("");
    if (fields[field + before] === "") fields[field + before] = secret;
  }
  return fields.join(delimiter);
}

export const privateInRecords: Law = {
  id: "privateInRecords",
  holds: {
    en: "names and numbers of people in a message are in nothing that is told",
    zh: "报文里的姓名和证件号不会出现在任何结果里",
  },
  *cases(profile) {
    if (!["astm", "hl7"].includes(profile.envelopes.host.kind)) return;
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const message = opened(profile, frame);
          if (message === undefined) return undefined;
          const delimiter = message.lines[0]?.[message.dialect.header.length] ?? "|";
          const bytes = message.closed(message.lines.map((line) => named(message, line, delimiter)));
          const outcomes = outcomesIn(all(decoder(profile), bytes));
          if (!textFrom(bytes, "latin1").includes(secret) && message.lines.length > 2)
            return broken("the message has no place for a person");
          return outcomes.some((outcome) => outcome.kind !== "discarded" && canonical(outcome).includes(secret))
            ? broken(canonical(outcomes))
            : undefined;
        },
      };
    }
  },
};

export const askedAgain: Law = {
  id: "askedAgain",
  holds: {
    en: "a piece with a wrong bit is asked for again, and the result is the right one or none",
    zh: "有错位的一段会要求重发,结果要么正确,要么没有",
  },
  *cases(profile) {
    const { host } = profile.envelopes;
    if (host.kind !== "astm" || !host.acknowledged) return;
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const turns = turnsOf(goldenBytes(profile, frame));
          const told = (piece: number, at: number): string => {
            const device = decoder(profile);
            const outcomes = turns.flatMap((bytes, turn) => {
              const bent = turn === piece ? bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at & 7))) : bytes;
              const first = device.hearFrames(bent);
              const asked = first.some((each) => each.reply?.at(-1) === 0x15);
              return outcomesIn(asked ? [...first, ...device.hearFrames(bytes)] : first);
            });
            const results = [...outcomes, ...device.flush()].filter((outcome) => outcome.kind !== "discarded");
            return results.length === 0 ? "" : canonical(results);
          };
          const right = told(-1, 0);
          const wrong = turns.flatMap((bytes, piece) =>
            Array.from(bytes, (_, at) => [told(piece, at), `${piece}:${at}`] as const).flatMap(([said, where]) =>
              said === "" || said === right ? [] : [where],
            ),
          );
          return none(wrong, "with a wrong bit at these places (piece:byte) something else is told");
        },
      };
    }
  },
};
