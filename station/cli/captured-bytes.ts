import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/**
 * What was recorded from a device, in any form people keep it: hex lines, a capture JSON, or the bytes themselves.
 * The answer is runs of device-to-host bytes; between two runs the line was silent. What the host said is left out.
 */
export type Captured =
  | { readonly ok: true; readonly runs: readonly Uint8Array[] }
  /** One sentence for the person who called. */
  | { readonly ok: false; readonly why: string };

const refuse = (why: string): Captured => ({ ok: false, why });

/** What text in a capture stands for: nothing for a device of bytes; else the device's own line end, which editors change. */
export type TextOf = { readonly lineEnd: "\n" | "\r" | "\r\n" } | undefined;

/** `folder`: where files beside a capture are looked for. `text`: set when the device speaks text, so that plain text is its bytes. */
export function capturedBytes(
  content: Buffer,
  { folder, text }: { readonly folder?: string | undefined; readonly text: TextOf },
): Captured {
  const decoded = content.toString("utf8").replace(/^\uFEFF/, "");
  if (/^\s*[[{]/.test(decoded)) {
    let value: unknown;
    try {
      value = JSON.parse(decoded);
    } catch {
      if (text === undefined && !isBytes(decoded)) return refuse("It begins like JSON and is none.");
    }
    if (value !== undefined) return fromJson(value, folder, text);
  }
  const hex = fromHexText(decoded);
  if (hex.ok) return hex;
  if (text !== undefined) return { ok: true, runs: [asSent(content, text)] };
  return isBytes(decoded) ? { ok: true, runs: [content] } : hex;
}

/** Control characters do not occur in hex text or JSON: these are the bytes themselves. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const isBytes = (decoded: string): boolean => /[\u0000-\u0008\u000e-\u001f\u007f]/.test(decoded);

/** Text with the line ends it was sent with, where an editor ended every line in its own way. */
function asSent(content: Buffer, { lineEnd }: NonNullable<TextOf>): Buffer {
  const text = content.toString("latin1");
  if (lineEnd === "\n")
    return /(^|[^\r])\n/.test(text) ? content : Buffer.from(text.replaceAll("\r\n", "\n"), "latin1");
  return text.includes("\r") ? content : Buffer.from(text.replaceAll("\n", lineEnd), "latin1");
}

const direction = /^\s*(RX|TX)\b\s*[:<>=-]*/i;

/** Hex of one line without comment and direction: blanks, colons and commas between bytes, 0x before them. */
function hexOf(line: string): string | undefined {
  const groups = line
    .replaceAll(/0x([0-9a-f])(?![0-9a-f])/gi, " 0$1 ")
    .replaceAll(/0x/gi, " ")
    .split(/[\s:,]+/);
  // Half bytes are never put together across a gap: who lost a digit would get other bytes.
  return groups.every((group) => /^([0-9a-f]{2})*$/i.test(group)) ? groups.join("") : undefined;
}

function fromHexText(content: string): Captured {
  let all = "";
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    const bare = line.replace(/(#|\/\/).*$/, "");
    const said = direction.exec(bare);
    const hex = hexOf(said === null ? bare : bare.slice(said[0].length));
    if (hex === undefined) return refuse(`Line ${index + 1} is not hex: ${line.trim().slice(0, 60)}`);
    if (said?.[1]?.toUpperCase() !== "TX") all += hex;
  }
  return { ok: true, runs: [Buffer.from(all, "hex")] };
}

const item = z.union([
  z.string(),
  z.looseObject({
    dir: z.string().optional(),
    direction: z.string().optional(),
    kind: z.string().optional(),
    /** Several by name are commands that a host may send. */
    hex: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
    packet: z.string().optional(),
    frame: z.string().optional(),
    text: z.string().optional(),
    file: z.string().optional(),
  }),
]);
type Item = z.infer<typeof item>;

/** Forms that are one message cut into pieces, and forms that are separate messages. */
const joined = ["chunks", "framesRebuilt"] as const;
const separate = ["records", "frames", "vectors", "packets"] as const;
const capture = z.looseObject({
  hex: z.string().optional(),
  stream: z.string().optional(),
  text: z.union([z.string(), z.array(z.string())]).optional(),
  file: z.string().optional(),
  lines: z.array(item).optional(),
  chunks: z.array(item).optional(),
  records: z.array(item).optional(),
  frames: z.array(item).optional(),
  vectors: z.array(item).optional(),
  packets: z.array(item).optional(),
  /** Framing added by a collector, where the source printed records only: pieces of one message. */
  framesRebuilt: z.array(item).optional(),
});

function saidByHost(each: Item): boolean {
  if (typeof each === "string") return /^\s*TX\b/i.test(each);
  if (typeof each.hex === "object") return true;
  return /^(tx|out|host)/i.test(each.dir ?? each.direction ?? "") || /\b(host|command)/.test(each.kind ?? "");
}

/** Undefined when the item has no bytes. A string that is no hex is text. */
function bytesOf(each: Item, text: TextOf): Buffer | undefined {
  if (typeof each === "string") {
    const hex = hexOf(each.replace(direction, ""));
    return hex === undefined ? Buffer.from(each, "utf8") : Buffer.from(hex, "hex");
  }
  const written = each.hex ?? each.packet ?? each.frame;
  if (typeof written === "object") return undefined;
  if (written !== undefined) {
    const hex = hexOf(written);
    if (hex === undefined) throw new Error(`not hex: ${written.slice(0, 60)}`);
    return Buffer.from(hex, "hex");
  }
  if (each.text === undefined) return undefined;
  return asSent(Buffer.from(each.text, "utf8"), text ?? { lineEnd: "\n" });
}

function runsOf(items: readonly Item[], text: TextOf): readonly Buffer[] {
  return items.filter((each) => !saidByHost(each)).flatMap((each) => bytesOf(each, text) ?? []);
}

/** A file that stands beside the capture; a name that leads elsewhere is not followed. */
function beside(file: string, folder: string | undefined): Buffer {
  if (folder === undefined || file.includes("/"))
    throw new Error(`its bytes are in ${file} beside it: name the file instead of piping it`);
  return readFileSync(join(folder, file));
}

/** Each item of a list may name a file beside the capture instead of writing its bytes. */
function runsOfList(items: readonly Item[], folder: string | undefined, text: TextOf): readonly Uint8Array[] {
  return items.flatMap((each) => {
    if (typeof each === "string" || each.file === undefined || bytesOf(each, text) !== undefined)
      return runsOf([each], text);
    const read = capturedBytes(beside(each.file, folder), { text });
    if (!read.ok) throw new Error(read.why);
    return read.runs;
  });
}

function fromJson(value: unknown, folder: string | undefined, text: TextOf): Captured {
  const list = z.array(item).safeParse(value);
  const single = capture.safeParse(value);
  try {
    if (list.success) return { ok: true, runs: runsOfList(list.data, folder, text) };
    if (!single.success)
      return refuse("The JSON is no capture: it has neither a list of frames nor hex, chunks or lines.");
    return fromCapture(single.data, folder, text);
  } catch (error) {
    return refuse(`The capture could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fromCapture(data: z.infer<typeof capture>, folder: string | undefined, text: TextOf): Captured {
  for (const key of joined) {
    const items = data[key];
    if (items !== undefined) return { ok: true, runs: [Buffer.concat(runsOf(items, text))] };
  }
  const whole = data.hex ?? data.stream;
  if (whole !== undefined) return { ok: true, runs: runsOf([{ hex: whole }], text) };
  for (const key of separate) {
    const items = data[key];
    if (items !== undefined) return { ok: true, runs: runsOfList(items, folder, text) };
  }
  if (data.lines !== undefined) {
    const texts = data.lines.filter(
      (line) => typeof line === "string" && hexOf(line.replace(direction, "")) === undefined,
    );
    if (texts.length === 0) return { ok: true, runs: runsOf(data.lines, text) };
    const { lineEnd } = text ?? { lineEnd: "\n" };
    const lines = data.lines.map((line) => (typeof line === "string" ? line : (line.text ?? "")));
    return {
      ok: true,
      runs: [Buffer.from(lines.map((line) => line.replace(/[\r\n]+$/, "") + lineEnd).join(""), "utf8")],
    };
  }
  if (data.text !== undefined) return { ok: true, runs: runsOf([{ text: [data.text].flat().join("\n") }], text) };
  if (data.file === undefined)
    return refuse("The capture has no bytes: neither chunks, hex, stream, frames, lines nor file.");
  // No folder: a file that names a file is not followed.
  return capturedBytes(beside(data.file, folder), { text });
}

/** Reads a file or standard input (`undefined`). */
export function readCaptured(file: string | undefined, text: TextOf): Captured {
  try {
    const content = readFileSync(file ?? 0);
    return capturedBytes(content, { folder: file === undefined ? undefined : dirname(file), text });
  } catch (error) {
    return refuse(
      `${file ?? "standard input"} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
