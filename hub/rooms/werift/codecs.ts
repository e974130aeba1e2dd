import { networkInterfaces } from "node:os";
import { RTCRtpCodecParameters, RTP_EXTENSION_URI, type RTCPeerConnectionConfig } from "werift";
import type { Leg } from "../../../core/contract/room-signals.ts";

/**
 * What the room forwards: Opus in RED (the redundancy survives the room; in-band FEC does not, realtime.md §4.3), plain
 * Opus for whom RED is unknown, and VP8. Numbers are those that Chromium uses itself. All of it is made anew for every connection:
 * werift 0.25.2 numbers the very objects it is given, and one shared by two connections is renumbered under the first.
 */
const voices = () => [
  new RTCRtpCodecParameters({
    mimeType: "audio/red",
    clockRate: 48_000,
    channels: 2,
    payloadType: 63,
    parameters: "111/111",
  }),
  new RTCRtpCodecParameters({
    mimeType: "audio/opus",
    clockRate: 48_000,
    channels: 2,
    payloadType: 111,
    // Wideband: a cut rate with an open band costs the FEC (realtime.md §4.4, "Opus trap").
    parameters: "minptime=10;useinbandfec=1;maxplaybackrate=16000",
  }),
];
const pictures = () => [
  new RTCRtpCodecParameters({
    mimeType: "video/VP8",
    clockRate: 90_000,
    payloadType: 96,
    rtcpFeedback: [
      { type: "nack" },
      { type: "nack", parameter: "pli" },
      { type: "goog-remb" },
      { type: "transport-cc" },
    ],
  }),
];
const extensions = (leg: Leg) => [
  { id: 1, uri: RTP_EXTENSION_URI.sdesMid },
  ...(leg === "up"
    ? [
        { id: 2, uri: RTP_EXTENSION_URI.audioLevelIndication },
        { id: 5, uri: RTP_EXTENSION_URI.transportWideCC },
      ]
    : [{ id: 3, uri: RTP_EXTENSION_URI.absSendTime }]),
];

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
  // One list for both kinds: what is bundled must use one number for one extension.
  const shared = extensions(leg);
  return {
    codecs: { audio: voices(), video: pictures() },
    headerExtensions: { audio: shared, video: shared },
    iceServers: [],
    iceUseIpv4: true,
    iceUseIpv6: false,
    bundlePolicy: "max-bundle",
    ...(isLoopbackOnly() ? { iceAdditionalHostAddresses: ["127.0.0.1"] } : {}),
  };
}
