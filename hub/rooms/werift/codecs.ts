import { networkInterfaces } from "node:os";
import { RTCRtpCodecParameters, RTP_EXTENSION_URI, type RTCPeerConnectionConfig } from "werift";
import type { Leg } from "../../../core/contract/room-signals.ts";

/**
 * What the room forwards: Opus in RED (the redundancy survives the room; in-band FEC does not, realtime.md §4.3), plain
 * Opus for whom RED is unknown, and VP8. Numbers are those that Chromium uses itself.
 */
const opus = new RTCRtpCodecParameters({
  mimeType: "audio/opus",
  clockRate: 48_000,
  channels: 2,
  payloadType: 111,
  // Wideband: a cut rate with an open band costs the FEC (realtime.md §4.4, "Opus trap").
  parameters: "minptime=10;useinbandfec=1;maxplaybackrate=16000",
});
const red = new RTCRtpCodecParameters({
  mimeType: "audio/red",
  clockRate: 48_000,
  channels: 2,
  payloadType: 63,
  parameters: "111/111",
});
const vp8 = new RTCRtpCodecParameters({
  mimeType: "video/VP8",
  clockRate: 90_000,
  payloadType: 96,
  rtcpFeedback: [{ type: "nack" }, { type: "nack", parameter: "pli" }, { type: "goog-remb" }, { type: "transport-cc" }],
});
const mid = { id: 1, uri: RTP_EXTENSION_URI.sdesMid } as const;

/** Loopback is named only where the machine has nothing else: a demonstration on one machine still works. */
function isLoopbackOnly(): boolean {
  return Object.values(networkInterfaces()).every((some) =>
    (some ?? []).every(({ internal, family }) => internal || family !== "IPv4"),
  );
}

/**
 * IPv4 only, as the relay (realtime.md §6). No STUN, no TURN: the room itself has the reachable address. On the way up every
 * packet is numbered and acknowledged, so that a sender on a poor line sends less; on the way down nothing is held back here,
 * because what a line carries is chosen by the hub.
 */
export function peerConfig(leg: Leg): RTCPeerConnectionConfig {
  const extensions =
    leg === "up"
      ? [mid, { id: 2, uri: RTP_EXTENSION_URI.audioLevelIndication }, { id: 5, uri: RTP_EXTENSION_URI.transportWideCC }]
      : [mid, { id: 3, uri: RTP_EXTENSION_URI.absSendTime }];
  return {
    codecs: { audio: [red, opus], video: [vp8] },
    headerExtensions: { audio: extensions, video: extensions },
    iceServers: [],
    iceUseIpv4: true,
    iceUseIpv6: false,
    bundlePolicy: "max-bundle",
    ...(isLoopbackOnly() ? { iceAdditionalHostAddresses: ["127.0.0.1"] } : {}),
  };
}
