import { describe, expect, test } from "vitest";
import { createReader, envelopeFor, kindOf } from "../../../drivers/kit/envelopes.ts";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import { createSimulator, decoder, encode, type Profile } from "../../../drivers/kit/index.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { analyser } from "./analyser.ts";
import toy from "./toy.ts";

/** Which envelope a frame is in, and what the ASTM envelope says of a device: its hex digits, its header, its priority. */
const sink = { frame: () => {}, impossible: () => {}, discard: () => {}, reply: () => {} };

describe("an envelope", () => {
  test("is that of the side that a frame goes to", () => {
    const { host, device } = toy.envelopes;
    expect([envelopeFor(toy, "host"), envelopeFor(toy, "device")]).toEqual([host, device]);
    expect(host).not.toEqual(device);
    expect(envelopeFor(analyser, "device")).toBeUndefined();
  });
  test("has a reader where there are frames to read", () => {
    expect(createReader(toy, "host", compileFrames(toy, "host"), sink)).toBeDefined();
    expect(createReader(toy, "host", [], sink)).toBeUndefined();
    expect(createReader(analyser, "device", compileFrames(analyser, "host"), sink)).toBeUndefined();
  });
  test("of a frame that there is not is a bug", () => {
    expect(() => encode(toy, "nope", {})).toThrow("toy-one has no frame nope");
  });
  test("of a device that is told nothing is a bug", () => {
    const frames = { ...analyser.frames, ask: { to: "device", fields: {} } } as const;
    expect(() => encode({ ...analyser, frames }, "ask", {})).toThrow("toy-analyser sends nothing to the device");
  });
  test.each(["astm", "hl7", "label"])("of %s can say nothing to a device", (kind) => {
    const profile = registry.find(({ envelopes }) => envelopes.host.kind === kind)!;
    const [frame] = Object.values(profile.frames);
    const { host } = profile.envelopes;
    expect(kindOf(host).canForm(profile, host, frame!, { at: 0, is: "05" })).toBe(false);
  });
});

describe("the ASTM envelope", () => {
  const having = (more: object): Profile => {
    const host = { ...analyser.envelopes.host, ...more } as Profile["envelopes"]["host"];
    return { ...analyser, envelopes: { host } };
  };
  const plain = having({});
  const lower = having({ lowerCaseChecksum: true });
  const first = having({ headerFirst: true });
  const total = { total: { value: 4.81, unit: "mmol/L" } } as const;
  const told = (reader: Profile, writer: Profile): readonly string[] => {
    const device = decoder(reader);
    const heard = [...device.hear(encode(writer, "result", total)), ...device.flush()];
    return heard.map(({ kind }) => kind);
  };
  test.each<readonly [what: string, reader: Profile, writer: Profile, read: boolean]>([
    ["upper-case sums as they are", plain, plain, true],
    ["lower-case sums where the device writes them", lower, lower, true],
    ["no lower-case sums otherwise", plain, lower, false],
    ["no upper-case sums where the device writes lower case", lower, plain, false],
    ["a header before ENQ where the device sends it there", first, first, true],
    ["no header before ENQ otherwise", plain, first, false],
  ])("reads %s", (_what, reader, writer, read) => {
    expect(told(reader, writer).includes("measurement")).toBe(read);
  });
  test("calls again soon when both call at once: the instrument goes first", () => {
    const device = createSimulator(analyser);
    device.press(0);
    expect(device.hear(Uint8Array.of(5), 200)[0]).toMatchObject({ bytes: Uint8Array.of(5), afterMs: 1_000 });
  });
  test("waits for nobody where nothing is acknowledged", () => {
    const [sent, ...more] = createSimulator(having({ acknowledged: false })).press(0);
    expect(more).toEqual([]);
    const text = String.fromCharCode(...(sent?.bytes ?? []));
    expect([text.slice(0, 4), text.at(-1), text.split("\r\n").length]).toEqual(["\x05\x021H", "\x04", 9]);
  });
});
