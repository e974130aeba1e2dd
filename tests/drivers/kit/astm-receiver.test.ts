import { describe, expect, test } from "vitest";
import { ACK, ENQ, EOT, NAK, writeFrame } from "../../../drivers/kit/astm-frame.ts";
import { createAstmReceiver, type AstmReceiverOptions } from "../../../drivers/kit/astm-receiver.ts";
import { toHex } from "../../../drivers/kit/index.ts";

/** The receiving end of E1381, byte by byte: what it answers, what it keeps, what it drops. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const frame = (number: number, text: string, end: "etb" | "etx" = "etx"): Uint8Array =>
  writeFrame(number, ascii(text), end, "upper");
const bent = (bytes: Uint8Array, at = 4): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const header = frame(1, "H|\\^&\r");
const patient = frame(2, "P|1\r");
const last = frame(3, "L|1|N\r");
const call = Uint8Array.of(ENQ);
const end = Uint8Array.of(EOT);

function receiver(options: Partial<AstmReceiverOptions> = {}): {
  say: (...chunks: readonly Uint8Array[]) => string;
  flush: () => void;
  pending: () => number;
  messages: readonly string[];
  dropped: readonly string[];
} {
  const answers: string[] = [];
  const messages: string[] = [];
  const dropped: string[] = [];
  const end = createAstmReceiver(
    { answers: true, headerFirst: false, hex: "upper", maxBytes: 131_072, ...options },
    {
      message(transfer) {
        messages.push(
          transfer
            .pieces()
            .map(({ text }) => String.fromCharCode(...text))
            .join(""),
        );
      },
      discard: (raw, reason) => void dropped.push(`${reason} ${toHex(raw)}`),
      reply: (bytes) => void answers.push(bytes[0] === ACK ? "ACK" : bytes[0] === NAK ? "NAK" : toHex(bytes)),
    },
  );
  return {
    say(...chunks) {
      answers.length = 0;
      for (const chunk of chunks) end.hear(chunk);
      return answers.join(" ");
    },
    flush: () => end.flush(),
    pending: () => end.pending(),
    messages,
    dropped,
  };
}
const whole = "H|\\^&\rP|1\rL|1|N\r";

describe("the receiving end", () => {
  test("acknowledges the call and every good frame; the message is there with EOT and not before", () => {
    const line = receiver();
    expect(line.say(call)).toBe("ACK");
    expect(line.say(header, patient, last)).toBe("ACK ACK ACK");
    expect(line.messages).toEqual([]);
    expect(line.say(end)).toBe("");
    expect(line.messages).toEqual([whole]);
    expect(line.dropped).toEqual([]);
    expect(line.pending()).toBe(0);
  });
  test("acknowledges a repeated frame again and keeps it once", () => {
    const line = receiver();
    expect(line.say(call, header, header, patient, patient, last, last, end)).toBe("ACK ACK ACK ACK ACK ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test.each([
    ["another number", frame(3, "P|1\r")],
    ["a wrong bit in the text", bent(patient)],
    ["a wrong checksum digit", bent(patient, patient.length - 3)],
    ["no CR LF", Uint8Array.of(...patient.subarray(0, -2), 0x20, 0x20)],
    ["a wrong number digit", bent(patient, 1)],
  ])("refuses %s", (_what, wrong) => {
    expect(receiver().say(call, header, wrong)).toBe("ACK ACK NAK");
  });
  test("a refused frame that is repeated is accepted, and the message is whole", () => {
    const line = receiver();
    expect(line.say(call, header, bent(patient), bent(patient), patient, last, end)).toBe("ACK ACK NAK NAK ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test("a sender that goes on behind a refused frame has lost its message, whatever comes later", () => {
    const line = receiver();
    const rest = Array.from({ length: 8 }, (_, i) => frame((3 + i) % 8, "C|1\r"));
    expect(line.say(call, header, bent(patient), ...rest, frame(3, "L|1|N\r"), end)).not.toContain("NAK ACK");
    expect(line.messages).toEqual([]);
    expect(line.dropped.map((each) => each.split(" ")[0])).toEqual(["incomplete"]);
  });
  test("numbers run 1 to 7, then 0", () => {
    const line = receiver();
    const frames = Array.from({ length: 18 }, (_, i) => frame((i + 1) % 8, `C|${i}\r`));
    expect(line.say(call, ...frames).split(" ")).toEqual(Array.from({ length: 19 }, () => "ACK"));
  });
  test("joins a record that goes on over ETB", () => {
    const line = receiver();
    line.say(call, header, frame(2, "P|1|some", "etb"), frame(3, "body\r", "etb"), frame(4, "L|1|N", "etx"), end);
    expect(line.messages).toEqual(["H|\\^&\rP|1|somebody\rL|1|N\r"]);
  });
  test("a call without frames is no message and no harm", () => {
    const line = receiver();
    expect(line.say(call, end, call, end)).toBe("ACK ACK");
    expect(line.messages).toEqual([]);
    expect(line.say(call, header, patient, last, end)).toBe("ACK ACK ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test("frames without a call are noise", () => {
    const line = receiver();
    expect(line.say(header, patient, end)).toBe("");
    expect(line.dropped.every((each) => each.startsWith("noise"))).toBe(true);
  });
  test("silence drops what was begun, whole", () => {
    const line = receiver();
    line.say(call, header, patient);
    expect(line.pending()).toBe(1 + header.length + patient.length);
    line.flush();
    expect(line.dropped).toEqual([`incomplete ${toHex(Uint8Array.of(...call, ...header, ...patient))}`]);
    expect(line.pending()).toBe(0);
    line.say(end);
    expect(line.messages).toEqual([]);
  });
  test("a new call ends what was begun", () => {
    const line = receiver();
    line.say(call, header, patient, call, header, patient, last, end);
    expect(line.messages).toEqual([whole]);
    expect(line.dropped.map((each) => each.split(" ")[0])).toEqual(["incomplete"]);
  });
  test("a character that turned into EOT or ENQ does not end the transfer", () => {
    const line = receiver();
    const ended = patient.map((byte, at) => (at === 3 ? EOT : byte));
    const called = patient.map((byte, at) => (at === 3 ? ENQ : byte));
    expect(line.say(call, header, ended, called, patient, last, end)).toBe("ACK ACK NAK NAK ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test("a frame of 64 KiB is read, and one beyond the limit is dropped", () => {
    const line = receiver();
    const long = frame(2, `C|1|${"x".repeat(65_000)}\r`);
    expect(line.say(call, header, long, last, end)).toBe("ACK ACK ACK ACK");
    expect(line.messages[0]?.length).toBe(65_000 + "H|\\^&\rC|1|\rL|1|N\r".length);
    const narrow = receiver({ maxBytes: 1_024 });
    narrow.say(call, header, long);
    expect(narrow.dropped[0]?.slice(0, 6)).toBe("length");
  });
  test("a device that waits for nothing is answered nothing", () => {
    const line = receiver({ answers: false });
    expect(line.say(call, header, patient, last, end)).toBe("");
    expect(line.messages).toEqual([whole]);
  });
});

describe("the header before ENQ", () => {
  test("belongs to the message, and the call is what is answered", () => {
    const line = receiver({ headerFirst: true });
    expect(line.say(end)).toBe("");
    expect(line.say(header, call)).toBe("ACK");
    expect(line.say(patient, last, end)).toBe("ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test("may be repeated behind it", () => {
    const line = receiver({ headerFirst: true });
    expect(line.say(header, call, header, patient, last, end)).toBe("ACK ACK ACK ACK");
    expect(line.messages).toEqual([whole]);
  });
  test("is no must", () => {
    const line = receiver({ headerFirst: true });
    line.say(call, header, patient, last, end);
    expect(line.messages).toEqual([whole]);
  });
  test("a result before ENQ is nothing", () => {
    const line = receiver({ headerFirst: true });
    line.say(frame(1, "R|1|^^^Glucose|7.9\r"), call, patient, last, end);
    expect(line.messages).toEqual([]);
  });
});
