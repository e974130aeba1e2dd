import type { PicturePlan, SendPlan } from "./send-plan.ts";

/** Applies what is sent to one connection's senders; the newest plan wins, one at a time. */
export interface Sending {
  apply(plan: SendPlan): void;
  /** After the first description the senders take parameters. */
  again(): void;
}

/** What changes the voice's packets stands in the description, and is applied there: `voice` says that it is time. */
export function createSending(peer: RTCPeerConnection): Sending {
  let plan: SendPlan | undefined;
  let waiting = false;
  let line = Promise.resolve();

  const applyNow = async () => {
    waiting = false;
    const now = plan;
    if (now === undefined) return;
    // The picture first: it may have waited for this, and the voice goes already.
    const senders = peer.getSenders();
    for (const sender of senders)
      if (sender.track?.kind === "video") await setPicture(sender, sender.track, now.picture);
    for (const sender of senders) if (sender.track?.kind === "audio") await setVoice(sender, now.voice !== undefined);
  };
  const again = () => {
    if (waiting) return;
    waiting = true;
    line = line.then(applyNow);
  };
  return {
    apply(next) {
      plan = next;
      again();
    },
    again,
  };
}

async function setVoice(sender: RTCRtpSender, active: boolean): Promise<void> {
  await change(sender, (encoding) => {
    encoding.active = active;
    encoding.priority = "high";
    encoding.networkPriority = "high";
  });
}

async function setPicture(
  sender: RTCRtpSender,
  track: MediaStreamTrack,
  picture: PicturePlan | undefined,
): Promise<void> {
  // Before the sender opens, so that no full picture slips out.
  if (picture !== undefined) await slowDown(track, picture.maxFramerate);
  await change(sender, (encoding, all) => {
    encoding.active = picture !== undefined;
    encoding.priority = "low";
    encoding.networkPriority = "low";
    if (picture === undefined) return;
    // A face that moves is better than a face that is sharp. Said with the first picture: a new connection has no time for it.
    all.degradationPreference = "maintain-framerate";
    encoding.maxBitrate = picture.maxBitrate;
    encoding.scaleResolutionDownBy = picture.scaleResolutionDownBy;
    if (picture.maxFramerate >= 1) encoding.maxFramerate = picture.maxFramerate;
    else delete encoding.maxFramerate;
  });
}

/** The encoder counts whole pictures a second; for fewer the camera's own track drops them. */
async function slowDown(track: MediaStreamTrack, maxFramerate: number): Promise<void> {
  const wish = track.getConstraints();
  const before = typeof wish.frameRate === "object" ? wish.frameRate.max : undefined;
  const max = maxFramerate >= 1 ? 15 : maxFramerate;
  if (before === max) return;
  await track.applyConstraints({ ...wish, frameRate: { ideal: max, max } }).catch(() => undefined);
}

type Parameters = RTCRtpSendParameters & { degradationPreference?: string };

async function change(
  sender: RTCRtpSender,
  edit: (encoding: RTCRtpEncodingParameters, all: Parameters) => void,
): Promise<void> {
  const parameters: Parameters = sender.getParameters();
  const before = JSON.stringify(parameters);
  for (const encoding of parameters.encodings) edit(encoding, parameters);
  // Saying the same again takes the browser as long as something new.
  if (JSON.stringify(parameters) === before) return;
  // Refused while a renegotiation runs; `again` comes when it is over.
  await sender.setParameters(parameters).catch(() => undefined);
}

/** RED before Opus, where the browser has it: the other side then sends each packet twice (RFC 2198). */
export function preferRed(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities("audio")?.codecs ?? [];
  const first = ["audio/red", "audio/opus"];
  const wished = first.flatMap((name) => codecs.filter(({ mimeType }) => mimeType.toLowerCase() === name));
  transceiver.setCodecPreferences([...wished, ...codecs.filter((codec) => !wished.includes(codec))]);
}
