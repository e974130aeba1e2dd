/**
 * The only place where session descriptions are edited, and only the other side's, as we apply it: there it says how we
 * send. Every edit may be made again on its own result.
 */
export interface VoicePlan {
  readonly packetMs: number;
  /** Of the encoder, bit/s. */
  readonly bitrate: number;
  /** Each packet carries the one before it, too (RFC 2198). */
  readonly redundant: boolean;
}

/** An encoder that lowers its rate with its band open drops its in-band FEC (realtime.md §4.4, the Opus trap). */
const widebandHz = 16_000;

/**
 * From where the browser's own estimate begins, kbit/s. By itself it begins at 300, and asks the line for three and six times
 * that with its first packets: a second of a thin line's time, in which nobody is heard. At 128 a first picture on a rich line comes
 * some 60 ms sooner, and at 64 kbit/s with 5 % loss every other call had one of its two pictures not begun after 20 s.
 */
const startKbits = 64;

/** How we send to a side that described itself so. Unknown codecs are left alone. */
export const withSending = (sdp: string, voice: VoicePlan | undefined): string =>
  withStart(voice ? withVoice(sdp, voice) : sdp);

function withStart(sdp: string): string {
  return inMedia(sdp, "video", (lines) => {
    const payload = lines[0]?.split(" ")[3] ?? "";
    const start = `x-google-start-bitrate=${startKbits}`;
    if (lines.some((line) => line.includes(start))) return lines;
    const isTold = lines.some((line) => line.startsWith(`a=fmtp:${payload} `));
    return lines.flatMap((line) => {
      if (line.startsWith(`a=fmtp:${payload} `)) return [`${line};${start}`];
      if (line.startsWith(`a=rtpmap:${payload} `) && !isTold) return [line, `a=fmtp:${payload} ${start}`];
      return [line];
    });
  });
}

function withVoice(sdp: string, plan: VoicePlan): string {
  return inMedia(sdp, "audio", (lines) => {
    const opus = payloadOf(lines, "opus/48000");
    if (opus === undefined) return lines;
    const red = payloadOf(lines, "red/48000");
    const first = red === undefined ? [opus] : plan.redundant ? [red, opus] : [opus, red];
    return lines
      .filter((line) => !/^a=(?:max)?ptime:/.test(line) && line !== `a=rtcp-fb:${opus} nack`)
      .flatMap((line) => {
        if (line.startsWith("m=audio ")) return [preferred(line, first)];
        if (line.startsWith(`a=rtpmap:${opus} `))
          // With room in the receiver's buffer a lost packet is asked for again, at a twentieth of RED's price.
          return [line, `a=rtcp-fb:${opus} nack`, `a=ptime:${plan.packetMs}`];
        if (line.startsWith(`a=fmtp:${opus} `)) return [voiceParameters(line, plan)];
        return [line];
      });
  });
}

/** A description that came as an answer, to be applied again as an offer: who began DTLS stands and may not be said. */
export const asOffer = (sdp: string): string => sdp.replace(/^a=setup:\w+/gm, "a=setup:actpass");

/**
 * Whether each description is of the certificate of the first one. The hub holds its tickets to the same rule; here it also
 * holds against whoever could speak for the hub.
 */
export function sameCertificate(): (sdp: string) => boolean {
  let first: string | undefined;
  return (sdp) => {
    const prints = fingerprintsOf(sdp).join();
    // A description without one is refused by the browser.
    if (prints === "") return true;
    first ??= prints;
    return prints === first;
  };
}

/** The fingerprints of the certificate behind this description, lower case and sorted: `sha-256 ab:cd:…`. */
function fingerprintsOf(sdp: string): readonly string[] {
  const found = [...sdp.matchAll(/^a=fingerprint:(\S+ \S+)/gm)].map(([, one = ""]) => one.toLowerCase());
  return [...new Set(found)].sort();
}

function voiceParameters(line: string, plan: VoicePlan): string {
  const space = line.indexOf(" ");
  const known = new Map(
    line
      .slice(space + 1)
      .split(";")
      .map((pair): [string, string] => {
        const [name = "", value = ""] = pair.trim().split("=");
        return [name, value];
      }),
  );
  known.set("minptime", "10").set("useinbandfec", "1").set("maxaveragebitrate", String(plan.bitrate));
  known.set("maxplaybackrate", String(widebandHz));
  // Silence that makes no packets sounds like a dead line and hides loss; continuous speech gains nothing by it.
  known.set("usedtx", "0");
  return `${line.slice(0, space)} ${[...known].map(([name, value]) => `${name}=${value}`).join(";")}`;
}

function inMedia(sdp: string, kind: "audio" | "video", edit: (lines: readonly string[]) => readonly string[]): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      if (!section.startsWith(`m=${kind} `)) return section;
      return `${edit(section.split("\r\n").filter((line) => line !== "")).join("\r\n")}\r\n`;
    })
    .join("");
}

function payloadOf(lines: readonly string[], codec: string): string | undefined {
  const line = lines.find((one) => one.startsWith("a=rtpmap:") && one.toLowerCase().includes(` ${codec}`));
  return line?.slice("a=rtpmap:".length).split(" ")[0];
}

function preferred(line: string, first: readonly string[]): string {
  const [kind = "", port = "", profile = "", ...payloads] = line.split(" ");
  return [kind, port, profile, ...first, ...payloads.filter((one) => !first.includes(one))].join(" ");
}
