import { vi } from "vitest";

/** The few parts of a browser's media that a call touches, with every track ever made. */
export interface FakeMedia {
  readonly live: () => readonly string[];
  /** Opens cameras that wait to be opened, or refuses them. */
  answer(ok: boolean): void;
  /** From now on new connections cannot be made, or break on their first description. */
  breakPeers(how: "make" | "describe"): void;
  readonly peers: readonly FakePeer[];
}

class FakeTrack extends EventTarget {
  readyState: "live" | "ended" = "live";
  enabled = true;
  readonly kind: string;
  constructor(kind: string) {
    super();
    this.kind = kind;
  }
  stop(): void {
    this.readyState = "ended";
  }
  getConstraints = (): object => ({});
  applyConstraints = (): Promise<void> => Promise.resolve();
}

class FakeStream {
  private readonly tracks: FakeTrack[];
  constructor(tracks: FakeTrack[] = []) {
    this.tracks = [...tracks];
  }
  getTracks = (): FakeTrack[] => [...this.tracks];
  getAudioTracks = (): FakeTrack[] => this.tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = (): FakeTrack[] => this.tracks.filter(({ kind }) => kind === "video");
  addTrack = (track: FakeTrack): void => void this.tracks.push(track);
  clone = (): FakeStream => new FakeStream(this.tracks.map(({ kind }) => made(kind)));
}

class FakeChannel extends EventTarget {
  readyState = "connecting";
  bufferedAmount = 0;
  send = (): void => undefined;
  close = (): void => undefined;
}

export class FakePeer extends EventTarget {
  signalingState = "stable";
  connectionState = "new";
  localDescription: object | null = null;
  remoteDescription: object | null = null;
  describes = true;
  restarts = 0;
  iceServers: readonly object[] = [];
  private readonly senders: object[] = [];
  createDataChannel = (): FakeChannel => new FakeChannel();
  addTrack = (track: FakeTrack): void =>
    void this.senders.push({
      track,
      getParameters: () => ({ encodings: [{}] }),
      setParameters: () => Promise.resolve(),
    });
  addTransceiver(what: FakeTrack | string): object {
    if (typeof what !== "string") this.addTrack(what);
    this.dispatchEvent(new Event("negotiationneeded"));
    return { receiver: { track: new FakeTrack("none") }, setCodecPreferences: () => undefined };
  }
  getSenders = (): object[] => this.senders;
  getReceivers = (): object[] => [];
  getTransceivers = (): object[] => [];
  getStats = (): Promise<Map<string, object>> => Promise.resolve(new Map<string, object>());
  getConfiguration = (): object => ({});
  setConfiguration = ({ iceServers }: { readonly iceServers: readonly object[] }): void =>
    void (this.iceServers = iceServers);
  restartIce = (): void => void (this.restarts += 1);
  setLocalDescription(): Promise<void> {
    if (!this.describes) return Promise.reject(new Error("broken"));
    this.localDescription = { type: "offer", sdp: "v=0\r\n" };
    return Promise.resolve();
  }
  setRemoteDescription(description: object): Promise<void> {
    if (!this.describes) return Promise.reject(new Error("broken"));
    this.remoteDescription = description;
    return Promise.resolve();
  }
  addIceCandidate = (): Promise<void> => Promise.resolve();
  close = (): void => undefined;
  becomes(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }
  gives(kind: string): EventTarget {
    const track = made(kind);
    this.dispatchEvent(Object.assign(new Event("track"), { track }));
    return track;
  }
}

const tracks: FakeTrack[] = [];
function made(kind: string): FakeTrack {
  const track = new FakeTrack(kind);
  tracks.push(track);
  return track;
}

/** Stubs the globals; `vi.unstubAllGlobals` takes them away. */
export function fakeMedia(): FakeMedia {
  tracks.splice(0);
  const asked: ((ok: boolean) => void)[] = [];
  const peers: FakePeer[] = [];
  let broken: "make" | "describe" | undefined;
  const getUserMedia = ({ video, audio }: MediaStreamConstraints) =>
    new Promise((open, refuse) => {
      asked.push((ok) => {
        if (!ok) return refuse(new Error("NotAllowedError"));
        open(new FakeStream([...(audio ? [made("audio")] : []), ...(video ? [made("video")] : [])]));
      });
    });
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  vi.stubGlobal("MediaStream", FakeStream);
  vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => ({ codecs: [] }) });
  vi.stubGlobal(
    "RTCPeerConnection",
    class extends FakePeer {
      constructor() {
        super();
        if (broken === "make") throw new Error("no connection can be made");
        this.describes = broken === undefined;
        peers.push(this);
      }
    },
  );
  return {
    live: () => tracks.filter(({ readyState }) => readyState === "live").map(({ kind }) => kind),
    answer: (ok) => {
      for (const each of asked.splice(0)) each(ok);
    },
    breakPeers: (how) => void (broken = how),
    peers,
  };
}
