import type { LiveMessage } from "../../core/contract/live.ts";
import type { ConsultView } from "../../core/contract/station.ts";
import type { AskSignal } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Camera } from "../consult/camera.ts";
import type { LineSaid } from "../consult/line-words.ts";
import type { Peer, PeerOptions } from "../consult/peer.ts";
import type { StillTaken } from "../consult/still.ts";
import type { recordVoice } from "../consult/voice-note.ts";
import { faultOf, type StationDoor } from "../station.ts";

/** What the page needs of `renderer/consult`; loaded when the first call is made, so that the first screen stays light. */
export interface ConsultKit {
  readonly openCamera: () => Promise<Camera>;
  readonly closeCamera: (stream: MediaStream) => void;
  readonly openPeer: (options: PeerOptions) => Peer;
  readonly openMicrophone: () => Promise<Camera>;
  readonly recordVoice: typeof recordVoice;
  readonly takeStill: () => Promise<StillTaken>;
}

/** What the screens show of a call. */
export interface CallShown {
  readonly view: ConsultView | undefined;
  readonly local: MediaStream | undefined;
  readonly remote: MediaStream | undefined;
  readonly camera: "asking" | "on" | "missing";
  /** What each side sends now, for words. */
  readonly line: LineSaid;
  /** When the doctor was asked for, milliseconds since 1970. */
  readonly since: number | undefined;
  /** Our own voice is not sent. */
  readonly muted: boolean;
  /** Set when the call could not be made. */
  readonly fault: FaultCode | undefined;
}

export const noCall: CallShown = {
  view: undefined,
  local: undefined,
  remote: undefined,
  camera: "asking",
  line: { own: undefined, other: undefined },
  since: undefined,
  muted: false,
  fault: undefined,
};

export interface Call {
  sendLive(message: LiveMessage): void;
  sendAsk(ask: AskSignal): void;
  /** Sends our voice no more, or again; the others are told. */
  mute(muted: boolean): void;
  /** Frees camera and peer and leaves the feeds. Does not tell the host. */
  close(): void;
}

/**
 * The station's side of one call: polite, does not start. Camera and microphone are taken before the peer is made, and
 * the peer when a doctor has accepted. The feeds outlive lost lines; the peer is told when the line has healed.
 */
export function openCall(parts: {
  readonly door: StationDoor;
  readonly call: string;
  readonly visit: string;
  /** The host is asked when this is done; a failure is the host's to tell. */
  readonly agreed: Promise<unknown>;
  readonly loadKit: () => Promise<ConsultKit>;
  readonly show: (shown: CallShown) => void;
  /** The doctor asks for a measurement, or takes it back. */
  readonly onAsk: (ask: AskSignal) => void;
  readonly over: (fault: FaultCode | undefined) => void;
}): Call {
  const { door, call } = parts;
  let shown: CallShown = { ...noCall, since: Date.now() };
  let peer: Peer | undefined;
  let making = false;
  let closed = false;
  let heard = 0;
  let wasDown = false;
  const leaves: (() => void)[] = [];
  const isClosed = () => closed;
  const update = (change: Partial<CallShown>) => {
    if (!closed) parts.show((shown = { ...shown, ...change }));
  };

  const kit = parts.loadKit();
  const camera = kit.then(async ({ openCamera, closeCamera }) => {
    const got = await openCamera();
    if (isClosed() && got.ok) closeCamera(got.stream);
    update(got.ok ? { local: got.stream, camera: "on" } : { camera: "missing" });
    return got.ok ? got.stream : undefined;
  });

  const makePeer = async (iceServers: ConsultView["iceServers"]) => {
    if (making || peer) return;
    making = true;
    const [{ openPeer }, local] = await Promise.all([kit, camera]);
    making = false;
    if (isClosed()) return;
    const own = openPeer({
      polite: true,
      starts: false,
      iceServers,
      ...(local === undefined ? {} : { local }),
      send: async (body, id) => {
        await door.client.consult.signal({ call, id, body });
      },
      onRemote: (remote) => update({ remote }),
      onLive: () => undefined,
      onAsk: (ask) => {
        if (!closed) parts.onAsk(ask);
      },
      onFirstFrame: () => void door.client.consult.mediaUp({ call }).catch(() => undefined),
      onState: () => undefined,
      onStep: (whose, said) => update({ line: { ...shown.line, [whose]: said } }),
    });
    peer = own;
    leaves.push(
      door.feed(
        (client, options) => client.consult.signals({ call, after: heard }, options),
        (signal) => {
          heard = signal.seq;
          own.hear(signal);
        },
      ),
    );
  };

  const see = (view: ConsultView) => {
    // The hub renews them before they end.
    if (peer && JSON.stringify(view.iceServers) !== JSON.stringify(shown.view?.iceServers))
      peer.setIceServers(view.iceServers);
    update({ view });
    if (wasDown && !view.lineDown) peer?.lineHealed();
    wasDown = view.lineDown;
    if (view.state === "ringing" || view.state === "active") void makePeer(view.iceServers);
    if (view.state === "finished") parts.over(undefined);
  };

  const ask = async () => {
    await parts.agreed.catch(() => undefined);
    if (isClosed()) return;
    try {
      await door.client.consult.request({ call, visit: parts.visit });
    } catch (error) {
      if (isClosed()) return;
      update({ fault: faultOf(error) });
      return parts.over(faultOf(error));
    }
    if (isClosed()) return;
    leaves.push(
      door.feed(
        (client, options) => client.consult.watch({ call }, options),
        see,
        (code) => {
          if (!isClosed()) parts.over(code === "consult.ended" ? undefined : code);
        },
      ),
    );
  };
  void ask();

  return {
    sendLive: (message) => peer?.sendLive(message),
    sendAsk: (ask) => peer?.sendAsk(ask),
    mute(muted) {
      for (const track of shown.local?.getAudioTracks() ?? []) track.enabled = !muted;
      update({ muted });
      void door.client.consult.mute({ call, muted }).catch(() => undefined);
    },
    close() {
      if (closed) return;
      closed = true;
      for (const leave of leaves) leave();
      peer?.close();
      const { local } = shown;
      if (local) void kit.then(({ closeCamera }) => closeCamera(local));
    },
  };
}
