import { describe, expect, test } from "vitest";
import { asOffer, sameCertificate, withSending, type VoicePlan } from "../../../renderer/consult/sdp.ts";

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join("");
const head = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1"];
const video = [
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=fingerprint:sha-256 AB:CD",
  "a=setup:active",
  "a=rtpmap:96 VP8/90000",
  "a=rtcp-fb:96 nack",
];
const videoSent = video.flatMap((line) =>
  line.startsWith("a=rtpmap:96") ? [line, "a=fmtp:96 x-google-start-bitrate=64"] : [line],
);
const chromium = lines(
  ...head,
  "m=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0",
  "a=fingerprint:sha-256 AB:CD",
  "a=setup:active",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:9 G722/8000",
  ...video,
);
const thin: VoicePlan = { packetMs: 60, bitrate: 12_000, redundant: false };
const full: VoicePlan = { packetMs: 20, bitrate: 24_000, redundant: true };

describe("voice", () => {
  test("thin: Opus alone, long packets, band limited with the rate, asked for again when lost", () => {
    expect(withSending(chromium, thin)).toBe(
      lines(
        ...head,
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0",
        "a=fingerprint:sha-256 AB:CD",
        "a=setup:active",
        "a=rtpmap:63 red/48000/2",
        "a=fmtp:63 111/111",
        "a=rtpmap:111 opus/48000/2",
        "a=rtcp-fb:111 nack",
        "a=ptime:60",
        "a=rtcp-fb:111 transport-cc",
        "a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=12000;maxplaybackrate=16000;usedtx=0",
        "a=rtpmap:9 G722/8000",
        ...videoSent,
      ),
    );
  });

  test("redundant: RED first", () => {
    expect(withSending(chromium, full)).toContain("m=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0\r\n");
  });

  test.each([
    ["the same", thin, thin],
    ["another", full, thin],
  ] as const)("edited again for %s plan, it is as if edited once", (_, first, second) => {
    expect(withSending(withSending(chromium, first), second)).toBe(withSending(chromium, second));
  });

  test("without RED, or without Opus, what is not there is not asked for", () => {
    const opusOnly = lines(...head, "m=audio 9 X 111", "a=rtpmap:111 OPUS/48000/2", "a=fmtp:111 minptime=10");
    expect(withSending(opusOnly, full)).toContain("m=audio 9 X 111\r\n");
    const none = lines(...head, "m=audio 9 X 0", "a=rtpmap:0 PCMU/8000");
    expect(withSending(none, full)).toBe(none);
  });
});

describe("a picture", () => {
  test("begins to look for the line's width from below, with a voice and without", () => {
    expect(withSending(chromium, undefined)).toBe(chromium.replace(lines(...video), lines(...videoSent)));
    expect(withSending(withSending(chromium, undefined), undefined)).toBe(withSending(chromium, undefined));
  });

  test("of a codec that has parameters already keeps them", () => {
    const h264 = lines(...head, "m=video 9 X 102 96", "a=rtpmap:102 H264/90000", "a=fmtp:102 packetization-mode=1");
    expect(withSending(h264, thin)).toBe(
      h264.replace("packetization-mode=1", "packetization-mode=1;x-google-start-bitrate=64"),
    );
  });
});

test("an answer applied again as an offer leaves the DTLS role open in each section", () => {
  expect(asOffer(chromium).match(/a=setup:\w+/g)).toEqual(["a=setup:actpass", "a=setup:actpass"]);
});

test("one certificate is the same however its fingerprints are written and ordered, and another is not", () => {
  const same = sameCertificate();
  const [one, other] = ["a=fingerprint:sha-1 99:AA\r\n", "a=fingerprint:sha-256 AB:CD\r\n"];
  expect(same("v=0\r\n"), "none is the browser's to refuse").toBe(true);
  expect(same(`${one}${other}`)).toBe(true);
  expect(same(`${other.toLowerCase()}${one}${other}`)).toBe(true);
  expect(same("v=0\r\n")).toBe(true);
  expect(same(one)).toBe(false);
  expect(same(`${one}a=fingerprint:sha-256 AB:CE\r\n`)).toBe(false);
});
