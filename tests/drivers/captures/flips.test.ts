import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { decoder, fromHex, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { turnedBits, turnedPairs } from "../../../drivers/laws/wrong-bits.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { prove } from "../proof.ts";
import { folder, present } from "./replay.ts";

/** The laws of wrong bits over every frame with numbers that was recorded, not only over simulated ones. */

/** Folders of captures that are named after a family or a protocol. A profile's own names are tried first. */
const families: Readonly<Record<string, readonly string[]>> = {
  "abaxis-piccolo-xpress": ["astm-analyzers"],
  "abbott-afinion-2": ["astm-analyzers"],
  "roche-cobas-c111": ["astm-analyzers"],
  "roche-cobas-c311": ["astm-analyzers"],
  "abbott-freestyle-lite": ["freestyle-precision"],
  "abbott-precision-xtra": ["freestyle-precision"],
  "ascensia-contour": ["contour-astm"],
  "lifescan-onetouch-ultra2": ["onetouch-ultra2-ascii"],
  "omron-hbp-9020": ["omron-hbp"],
  "omron-hbp-9030": ["omron-hbp"],
  "raycome-bp88a": ["raycome-rbp"],
};

const isHex = (text: string): boolean => /^([0-9a-f]{2}\s*){4,}$/i.test(text.trim());
const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
/** Recorded with or without the end of its line; records also without the line control around them (ENQ … EOT, or VT … FS). */
function linesOf(text: string): readonly Uint8Array[] {
  if (text.startsWith("MSH|")) return [latin(`\x0b${text.replaceAll(/\r?\n/g, "\r")}\r\x1c\r`)];
  if (!isHex(text)) return ["", "\r", "\r\n"].map((end) => latin(text + end));
  const bytes = fromHex(text.replaceAll(/\s/g, ""));
  return bytes[0] === 2 ? [bytes, Uint8Array.of(5, ...bytes, 4)] : [bytes];
}

/** Every text in a JSON file; pieces that a device sent one after the other (`dir: "rx"`) also as one. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const received = Object.values(value).flatMap((each: unknown) =>
    typeof each === "object" && each !== null && "dir" in each && each.dir === "rx" && "hex" in each
      ? [String(each.hex)]
      : [],
  );
  return [...(received.length > 1 ? [received.join("")] : []), ...Object.values(value).flatMap(stringsIn)];
}
/** Everything in a file that could be bytes of a device. */
function piecesOf(file: string): readonly Uint8Array[] {
  const bytes = new Uint8Array(readFileSync(file));
  const text = Buffer.from(bytes).toString("latin1");
  switch (extname(file)) {
    case ".json":
      return stringsIn(JSON.parse(Buffer.from(bytes).toString("utf8"))).flatMap(linesOf);
    case ".hex": {
      const lines = text.split("\n").map((line) => line.replace(/#.*$/, "").replace(/^RX/, "").trim());
      const whole = lines.filter(isHex).map((line) => fromHex(line.replaceAll(/\s/g, "")));
      return [...whole, Uint8Array.from(whole.flatMap((each) => [...each]))];
    }
    case ".txt":
      return [bytes, ...text.split(/\r?\n/).flatMap(linesOf)];
    case ".bin":
    case ".dat":
      return [bytes];
    default:
      return [];
  }
}
function recorded(profile: Profile): readonly Uint8Array[] {
  const names = [profile.id, ...(profile.aliases ?? []), profile.dossier.replace(/\.md$/, "")];
  return readdirSync(folder)
    .filter((name) => names.includes(name) || families[profile.id]?.includes(name) === true)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())
    .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
    .flatMap(piecesOf);
}

/** Every different frame in the recordings that carries readings, with what is carried into it. */
function telling(profile: Profile): readonly (readonly [string, Uint8Array])[] {
  const found = new Map<string, readonly [string, Uint8Array]>();
  for (const piece of recorded(profile)) {
    const device = decoder(profile);
    for (const { frame, raw, behind, outcomes } of [...device.hearFrames(piece), ...device.flushFrames()]) {
      if (frame === undefined || !outcomes.some((outcome) => "readings" in outcome)) continue;
      const bytes = Uint8Array.from([...(behind ?? []), ...raw]);
      found.set(`${frame} ${toHex(bytes)}`, [frame, bytes]);
    }
  }
  return [...found.values()];
}

describe.skipIf(!present)("what was recorded, with wrong bits", () => {
  test.each(registry.map((profile) => [profile.id, profile] as const))("%s", { timeout: 120_000 }, (id, profile) => {
    const frames = telling(profile);
    prove(id, { bentFrames: frames.length });
    const findings = frames.flatMap(([frame, bytes]) => [
      turnedBits(profile, frame, bytes),
      turnedPairs(profile, frame, bytes),
    ]);
    for (const finding of findings) prove(id, finding?.counts ?? {});
    expect(findings.flatMap((finding) => (finding?.kind === "broken" ? [finding.what] : []))).toEqual([]);
  });
});
