import type { CallView } from "../../core/contract/hub-calls.ts";
import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import type { OutcomeCode } from "../../core/domain/calls.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import type { openCamera } from "../consult/camera.ts";
import { nothingSaid, type LineSaid } from "../consult/line-words.ts";
import type { openPeer, Peer, PeerState } from "../consult/peer.ts";
import { faultOf, watchLine, type HubDoor } from "./hub.ts";
import { hearLive, settle, type LiveReading } from "./live-reading.ts";
import type { NextStep } from "./draft.ts";
import { cell, type Shown } from "./shown.ts";

/** What the desk shows of the doctor's call. */
export interface CallShown {
  readonly call: string;
  /** Undefined until the hub's first word about it. */
  readonly view: CallView | undefined;
  /** `off`: no media, because nobody is connected or someone hung up. */
  readonly media: "off" | "camera" | PeerState;
  /** Set when the doctor has no camera or microphone; the call goes on without. */
  readonly cameraFault: FaultCode | undefined;
  readonly local: MediaStream | null;
  readonly remote: MediaStream | null;
  readonly muted: boolean;
  /** What each side sends now, for words. */
  readonly line: LineSaid;
  readonly live: LiveReading | undefined;
  readonly record: VisitRecord | undefined;
  /** Opinions sent from here or before a reload; the newest last. */
  readonly opinions: readonly Opinion[];
  /** Why this call is not the doctor's any more; the rest is what was last known. `released`: back in the queue. */
  readonly over: FaultCode | "finished" | "released" | undefined;
}

export type Done = { readonly ok: true } | { readonly ok: false; readonly code: FaultCode };

export interface DeskCall {
  readonly shown: Shown<CallShown>;
  hangUp(): Promise<Done>;
  mute(muted: boolean): void;
  /** Writing again with the same id is writing once. */
  write(opinion: { readonly id: string; readonly text: string; readonly next: NextStep }): Promise<Done>;
  finish(): Promise<Done>;
  /** Frees camera, peer and feeds. Says nothing to the hub. */
  close(): void;
}

const running: readonly string[] = ["ringing", "active", "reconnecting"];

/**
 * The doctor's side of one call: impolite, makes the first offer. Camera and microphone are taken before the peer is made
 * (without them Chromium hides the page's addresses and no call comes up between hosts, realtime.md §4.1). Follows the
 * call over lost lines; whether there is media is decided by the hub's word alone.
 */
export function openCall(door: HubDoor, call: string, loadKit: () => Promise<ConsultKit>, first?: CallView): DeskCall {
  const shown = cell<CallShown>({
    call,
    view: first,
    media: "off",
    cameraFault: undefined,
    local: null,
    remote: null,
    muted: false,
    line: nothingSaid,
    live: undefined,
    record: undefined,
    opinions: first?.opinion ? [first.opinion] : [],
    over: undefined,
  });
  const leaving: (() => void)[] = [];
  let round: { close(): void; setIceServers(fresh: CallView["iceServers"]): void } | undefined;
  /** To be used within a minute, and then on that line alone. */
  let ticket = "";
  let closed = false;
  let hungUp = false;
  let isFinished = false;
  const update = (change: Partial<CallShown>) => {
    if (!closed) shown.set({ ...shown.get(), ...change });
  };

  const endRound = () => {
    round?.close();
    round = undefined;
    update({ media: "off", local: null, remote: null, muted: false, line: nothingSaid, live: undefined });
  };

  const hearView = (view: CallView) => {
    isFinished = view.state === "finished";
    ticket = view.ticket ?? ticket;
    // The hub renews them before they end.
    const known = shown.get().view?.iceServers;
    if (JSON.stringify(known) !== JSON.stringify(view.iceServers)) round?.setIceServers(view.iceServers);
    const { opinion } = view;
    const { opinions } = shown.get();
    const isNew = opinion !== undefined && !opinions.some(({ id }) => id === opinion.id);
    update({ view, ...(isNew ? { opinions: [...opinions, opinion] } : {}) });
    if (!running.includes(view.state)) endRound();
    // Hung up while the line was away: the hub still has to hear it.
    else if (hungUp) void ask(() => door.client.call.hangUp({ call }));
    else if (ticket !== "" && !round) round = openRound(view);
  };

  const end = (code: FaultCode | undefined) => {
    endRound();
    update({ over: code ?? (isFinished ? "finished" : "released") });
  };

  const ask = async (what: () => Promise<unknown>): Promise<Done> => {
    try {
      await what();
      return { ok: true };
    } catch (error) {
      return { ok: false, code: faultOf(error) };
    }
  };

  const openRound = (view: CallView) => {
    let peer: Peer | undefined;
    let opened: MediaStream | undefined;
    let heard = 0;
    let over = false;
    let mediaSeen = false;
    const leave: (() => void)[] = [watchLine(door)];
    /** Said again on every new line: the hub counts it once. */
    const tellMediaUp = () => ask(() => door.client.call.mediaUp({ call }));
    const isOver = () => over;
    /** Also where no peer came to be that would do it. */
    const letGo = () => {
      for (const track of opened?.getTracks() ?? []) track.stop();
    };

    const start = async () => {
      update({ media: "camera" });
      const { openCamera, openPeer } = await loadKit();
      const camera = await openCamera();
      opened = camera.ok ? camera.stream : undefined;
      if (isOver()) return letGo();
      update({
        media: "connecting",
        local: camera.ok ? camera.stream : null,
        cameraFault: camera.ok ? undefined : camera.code,
      });
      peer = openPeer({
        polite: false,
        starts: true,
        iceServers: view.iceServers,
        ...(camera.ok ? { local: camera.stream } : {}),
        send: async (body, id) => {
          await door.client.call.signal({ call, ticket, body, id });
        },
        onRemote: (remote) => update({ remote }),
        onLive: (message) => update({ live: hearLive(shown.get().live, message) }),
        onFirstFrame: () => {
          mediaSeen = true;
          void tellMediaUp();
        },
        onState: (media) => {
          if (media !== "closed") update({ media });
        },
        onStep: (whose, said) => update({ line: { ...shown.get().line, [whose]: said } }),
      });
      leave.push(
        door.feed(
          async (client, options) => {
            // A ticket is good on the connection of its first use alone.
            ({ ticket } = await client.call.ticket({ call }));
            return client.call.signals({ call, ticket, after: heard }, options);
          },
          (signal) => {
            heard = signal.seq;
            peer?.hear(signal);
          },
        ),
        door.onState((state) => {
          if (state !== "open") return;
          peer?.lineHealed();
          if (mediaSeen) void tellMediaUp();
        }),
      );
    };
    void start();

    return {
      setIceServers: (fresh: CallView["iceServers"]) => peer?.setIceServers(fresh),
      close: () => {
        over = true;
        for (const end of leave) end();
        peer?.close();
        letGo();
      },
    };
  };

  if (first) hearView(first);
  leaving.push(
    door.feed((client, options) => client.call.watch({ call }, options), hearView, end),
    door.feed(
      (client, options) => client.visit.watch({ call }, options),
      (record) => {
        const known = new Set([...record.results.flatMap(({ measurements }) => measurements.map(({ id }) => id))]);
        update({ record, live: settle(shown.get().live, (measurement) => known.has(measurement)) });
      },
      // `call.watch` says why the call is over; the record stays as it was last seen.
      () => undefined,
    ),
  );

  return {
    shown,
    hangUp: () => {
      // The camera goes off at once, whatever the line does.
      hungUp = true;
      endRound();
      return ask(() => door.client.call.hangUp({ call }));
    },
    mute(muted) {
      const { local } = shown.get();
      for (const track of local?.getAudioTracks() ?? []) track.enabled = !muted;
      update({ muted });
    },
    async write({ id, text, next }) {
      return ask(async () => {
        const opinion = await door.client.opinion.write({ id, call, text, next });
        const { opinions } = shown.get();
        if (!opinions.some((one) => one.id === opinion.id)) update({ opinions: [...opinions, opinion] });
      });
    },
    finish: () => {
      const outcome = outcomeOf(shown.get().opinions.at(-1)?.next);
      return ask(() => door.client.visit.finish({ call, outcome }));
    },
    close() {
      endRound();
      closed = true;
      for (const leave of leaving) leave();
    },
  };
}

/** How the call ended, as the opinion's next step says. */
function outcomeOf(next: NextStep | undefined): OutcomeCode {
  if (next === "hospital") return "refer";
  return next === "emergency" ? "emergency" : "solved";
}

/** The part of `renderer/consult` that a call needs; loaded when the first call is made. */
export interface ConsultKit {
  readonly openCamera: typeof openCamera;
  readonly openPeer: typeof openPeer;
}
