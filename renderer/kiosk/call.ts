import type { LiveMessage } from "../../core/contract/live.ts";
import type { ConsultView } from "../../core/contract/station.ts";
import type { AskSignal } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Camera } from "../consult/camera.ts";
import type { StillTaken } from "../consult/still.ts";
import type { recordVoice } from "../consult/voice-note.ts";
import { faultOf, type StationDoor } from "../station.ts";
import type { Handed, Talks, TalksParts, TalksShown } from "./talks.ts";

/** What the page needs of `renderer/consult`; loaded when the first call is made, so that the first screen stays light. */
export interface ConsultKit {
  readonly openCamera: () => Promise<Camera>;
  readonly closeCamera: (stream: MediaStream) => void;
  readonly openTalks: (parts: TalksParts) => Talks;
  readonly openMicrophone: () => Promise<Camera>;
  /** The camera's picture alone, as a call wants it. */
  readonly openPicture: () => Promise<MediaStream | undefined>;
  readonly recordVoice: typeof recordVoice;
  readonly takeStill: (most?: number) => Promise<StillTaken>;
}

/** What the screens show of a call. */
export interface CallShown extends TalksShown {
  readonly view: ConsultView | undefined;
  readonly local: MediaStream | undefined;
  readonly camera: "asking" | "on" | "missing";
  /** When the doctor was asked for, milliseconds since 1970. */
  readonly since: number | undefined;
  /** Who came into the call besides its doctor, or went out of it; for a while. */
  readonly change: { readonly what: "joined" | "gone"; readonly who: ConsultView["others"][number] } | undefined;
  /** Our own voice is not sent. */
  readonly muted: boolean;
  /** The person agrees that the doctor gets readings and pictures. */
  readonly sends: boolean;
  /** Set when the call could not be made. */
  readonly fault: FaultCode | undefined;
}

export const noCall: CallShown = {
  view: undefined,
  local: undefined,
  remote: undefined,
  camera: "asking",
  line: { own: undefined, other: undefined },
  talk: "pair",
  room: undefined,
  parties: new Map(),
  blobs: [],
  since: undefined,
  change: undefined,
  muted: false,
  sends: true,
  fault: undefined,
};

export interface Call {
  sendLive(message: LiveMessage): void;
  sendAsk(ask: AskSignal): void;
  /** A picture or a voice note to the doctor; false where no direct talk carries it. */
  hand(handed: Handed): boolean;
  /** A doctor's voice note was played to its end. */
  heard(note: string): void;
  /** A picture as big as the line brings in time. The doctor sees none of us meanwhile. */
  takeStill(): Promise<StillTaken>;
  /** The person takes the consent back, or gives it again: readings and pictures go only while it is given. */
  setSends(sends: boolean): void;
  /** Sends our voice no more, or again; the others are told. */
  mute(muted: boolean): void;
  /** Frees camera and talks and leaves the feeds. Does not tell the host. */
  close(): void;
}

/**
 * The station's side of one call. Camera and microphone are taken before there is any talk, and the talks are opened when a
 * doctor has accepted. The feeds outlive lost lines.
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
  let talks: Talks | undefined;
  let making = false;
  let said: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
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

  const makeTalks = async () => {
    if (making) return;
    making = true;
    const [{ openTalks }, local] = await Promise.all([kit, camera]);
    if (isClosed()) return;
    talks = openTalks({
      door,
      call,
      camera: local,
      show: update,
      onAsk: (ask) => {
        if (!closed) parts.onAsk(ask);
      },
    });
    talks.mute(shown.muted);
    if (shown.view) talks.see(shown.view);
  };

  const see = (view: ConsultView) => {
    const change = shown.view && changeIn(shown.view, view);
    if (change) {
      clearTimeout(said);
      said = setTimeout(() => update({ change: undefined }), changeMs);
    }
    update({ view, ...(change ? { change } : {}) });
    talks?.see(view);
    if (view.state === "ringing" || view.state === "active") void makeTalks();
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

  /** A camera that is open small stays small for whoever opens it again: it is let go, and taken again afterwards. */
  const takeStill = async () => {
    const used = await kit;
    const { local } = shown;
    for (const track of local?.getVideoTracks() ?? []) {
      local?.removeTrack(track);
      track.stop();
    }
    talks?.setPicture(undefined);
    const taken = await used.takeStill(talks?.stillBytes());
    const again = isClosed() ? undefined : await used.openPicture();
    const [track] = again?.getVideoTracks() ?? [];
    if (isClosed()) track?.stop();
    else if (track) {
      local?.addTrack(track);
      talks?.setPicture(track);
    }
    return taken;
  };

  return {
    sendLive(message) {
      if (shown.sends) talks?.sendLive(message);
    },
    sendAsk: (ask) => talks?.sendAsk(ask),
    hand: (handed) => shown.sends && talks?.hand(handed) === true,
    heard: (note) => talks?.heard(note),
    takeStill,
    setSends(sends) {
      update({ sends });
      if (!sends) talks?.keepBack();
    },
    mute(muted) {
      talks?.mute(muted);
      for (const track of shown.local?.getAudioTracks() ?? []) track.enabled = !muted;
      update({ muted });
      void door.client.consult.mute({ call, muted }).catch(() => undefined);
    },
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(said);
      for (const leave of leaves) leave();
      talks?.close();
      const { local } = shown;
      if (local) void kit.then(({ closeCamera }) => closeCamera(local));
    },
  };
}

/** How long it is said who came or went, milliseconds. */
const changeMs = 10_000;

function changeIn(before: ConsultView, now: ConsultView): CallShown["change"] {
  const came = now.others.find(({ id }) => id !== now.clinician?.id && !before.others.some((one) => one.id === id));
  if (came) return { what: "joined", who: came };
  const gone = before.others.find(({ id }) => !now.others.some((one) => one.id === id));
  return gone && { what: "gone", who: gone };
}
