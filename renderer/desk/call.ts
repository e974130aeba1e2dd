import { v7 as uuidv7 } from "uuid";
import type { CallView } from "../../core/contract/hub-calls.ts";
import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import type { AskSignal, Check } from "../../core/contract/views.ts";
import { urgentFrom, type OutcomeCode, type PartyRole, type QueueStep } from "../../core/domain/calls.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import type { VoiceNote } from "../consult/voice-note.ts";
import { nothingSaid } from "../consult/line-words.ts";
import { createHanded, type HandedBlob } from "./consult/handed.ts";
import { faultOf, type HubDoor } from "./hub.ts";
import { hearLive, settle, type LiveReading } from "./live-reading.ts";
import type { NextStep, Wish } from "./draft.ts";
import { openRound, type ConsultKit, type Round, type RoundShown } from "./round.ts";
import { cell, type Shown } from "./shown.ts";

/** What the desk shows of the doctor's call. */
export interface CallShown extends RoundShown {
  readonly call: string;
  /** Undefined until the hub's first word about it. */
  readonly view: CallView | undefined;
  /** The newest measurement that was asked for, until it is over. */
  readonly ask: AskShown | undefined;
  readonly live: LiveReading | undefined;
  /** Pictures and voice notes of this call. */
  readonly handed: readonly HandedBlob[];
  readonly record: VisitRecord | undefined;
  /** Opinions sent from here or before a reload; the newest last. */
  readonly opinions: readonly Opinion[];
  /** Why this call is not the doctor's any more; the rest is what was last known. `released`: back in the queue. */
  readonly over: FaultCode | "finished" | "released" | undefined;
}

/** A measurement or a picture the doctor asked for: until the resident answered, agreed to, or not. */
export interface AskShown {
  readonly ask: string;
  readonly of: Check | "still";
  readonly state: "asked" | "heard" | "agreed" | "declined";
}

export type Done = { readonly ok: true } | { readonly ok: false; readonly code: FaultCode };

export interface DeskCall {
  readonly shown: Shown<CallShown>;
  /** Ends the talk; the visit goes on. */
  hangUp(): Promise<Done>;
  /** After hanging up: the resident is asked to speak again; `over`: or not any more. */
  ringBack(over?: boolean): Promise<Done>;
  /** Goes out of a call of several; it goes on without. */
  leave(): Promise<Done>;
  mute(muted: boolean): void;
  /** Another's microphone. */
  muteOther(participant: string, muted: boolean): Promise<Done>;
  invite(person: string, role?: PartyRole): Promise<Done>;
  /** The resident is asked about one who wants to watch, or, without a person, about a relative. */
  askGuest(person?: string): Promise<Done>;
  /** To one person, or back to the queue for the next tier. */
  transfer(to: { readonly person: string } | { readonly step: QueueStep }): Promise<Done>;
  /** Asks the resident to measure; they agree at the station. */
  askFor(of: Check | "still"): void;
  /** The resident said yes, and this doctor heard it: the station warns, and then starts. */
  heardYes(): void;
  /** A voice note to the resident, where the line carries no live voice: over the direct talk, in a room by the hub. */
  leaveNote(note: VoiceNote): void;
  /** Takes the wish back, and stops what was begun for it. */
  stopAsk(): void;
  /** The line to the hub, for what a part of the page asks of it by itself. */
  readonly door: HubDoor;
  /** Signs and sends; with the same id again it is the same opinion. `sign.locked`: the key must be opened first. */
  sign(wish: Wish): Promise<Done>;
  /** Ends the visit. Without `code` it is taken from the last opinion's next step, where it is not urgent. */
  finish(code?: OutcomeCode): Promise<Done>;
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
    talk: "pair",
    room: undefined,
    parties: new Map(),
    ask: undefined,
    live: undefined,
    handed: [],
    record: undefined,
    opinions: first?.opinion ? [first.opinion] : [],
    over: undefined,
  });
  const leaving: (() => void)[] = [];
  let round: Round | undefined;
  /** Of this doctor's own microphone, as the hub said last. */
  let mutedThere: boolean | undefined;
  let closed = false;
  let hungUp = false;
  let left = false;
  let isFinished = false;
  let watchesRecord = false;
  const update = (change: Partial<CallShown>) => {
    if (!closed) shown.set({ ...shown.get(), ...change });
  };

  const handed = createHanded({
    door,
    call,
    who: () => {
      const { view } = shown.get();
      return { you: view?.you, station: view?.station?.id };
    },
    show: (all) => {
      // In a room what was asked for comes through the hub.
      const stillsOf = (some: readonly HandedBlob[]) => some.filter(({ kind, own }) => kind === "still" && !own).length;
      const { handed: before, ask: asked, talk } = shown.get();
      const came = talk === "room" && asked?.of === "still" && stillsOf(all) > stillsOf(before);
      update({ handed: all, ...(came ? { ask: undefined } : {}) });
    },
  });
  leaving.push(() => handed.close());

  const endRound = () => {
    if (round) handed.ended();
    round?.close();
    round = undefined;
    mutedThere = undefined;
    update({
      media: "off",
      local: null,
      remote: null,
      muted: false,
      line: nothingSaid,
      talk: "pair",
      room: undefined,
      parties: new Map(),
      ask: undefined,
      live: undefined,
    });
  };

  const hearView = (view: CallView) => {
    watchRecord(view);
    isFinished = view.state === "finished";
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
    else if (round) round.follow(view);
    else if (view.ticket !== undefined && !left) round = beginRound(view);
    // Somebody else may turn this microphone off or on: only a change is heard, so that an older word undoes nothing.
    const there = view.participants.find(({ id }) => id === view.you)?.muted;
    if (round && there !== undefined && mutedThere !== undefined && there !== mutedThere) round.mute(there);
    mutedThere = there;
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

  const beginRound = (view: CallView) =>
    openRound({
      door,
      call,
      loadKit,
      first: view,
      show: update,
      onLive: (message) => {
        const live = hearLive(shown.get().live, message);
        update(live.ended ? { live, ask: undefined } : { live });
      },
      onAsk: hearAsk,
      onBlob: (coming) => {
        handed.come(coming);
        // What was asked for is on its way.
        if (coming.head.kind !== "voiceNote" && shown.get().ask?.of === "still") update({ ask: undefined });
      },
      onBlobItem: (item) => handed.item(item),
      onStep: (whose, said) => update({ line: { ...shown.get().line, [whose]: said } }),
    });

  const hearAsk = (signal: AskSignal) => {
    const { ask: asked } = shown.get();
    if (signal.kind === "askAnswer" && asked?.ask === signal.ask)
      update({ ask: { ...asked, state: signal.agreed ? "agreed" : "declined" } });
  };

  /** Not for who only watches or came along: the hub would write down that they tried. */
  const watchRecord = ({ you, participants }: CallView) => {
    const role = participants.find(({ id }) => id === you)?.role;
    if (watchesRecord || role === "observer" || role === "family") return;
    watchesRecord = true;
    leaving.push(
      door.feed(
        (client, options) => client.visit.watch({ call }, options),
        (record) => {
          const known = new Set([...record.results.flatMap(({ measurements }) => measurements.map(({ id }) => id))]);
          // What was on its way when the resident took the consent back does not come any more.
          const ends = record.notSentSince !== undefined ? { live: undefined, ask: undefined } : {};
          update({ record, live: settle(shown.get().live, (measurement) => known.has(measurement)), ...ends });
        },
        // `call.watch` says why the call is over; the record stays as it was last seen.
        () => undefined,
      ),
    );
  };

  if (first) hearView(first);
  leaving.push(door.feed((client, options) => client.call.watch({ call }, options), hearView, end));

  return {
    shown,
    hangUp: () => {
      // The camera goes off at once, whatever the line does.
      hungUp = true;
      endRound();
      return ask(() => door.client.call.hangUp({ call }));
    },
    ringBack: (over = false) => ask(() => door.client.call.ringBack({ call, over })),
    leave: () => {
      left = true;
      endRound();
      return ask(() => door.client.call.leave({ call }));
    },
    mute(muted) {
      round?.mute(muted);
      const participant = shown.get().view?.you;
      if (participant !== undefined) void ask(() => door.client.call.mute({ call, participant, muted }));
    },
    muteOther: (participant, muted) => ask(() => door.client.call.mute({ call, participant, muted })),
    invite: (person, role) => ask(() => door.client.call.invite({ call, person, role })),
    askGuest: (person) =>
      ask(() => door.client.guest.ask({ call, ask: uuidv7(), ...(person === undefined ? {} : { person }) })),
    transfer: (to) => ask(() => door.client.call.transfer({ call, to })),
    askFor(of) {
      const id = uuidv7();
      update({ ask: { ask: id, of, state: "asked" } });
      round?.ask({ kind: "askMeasure", ask: id, of });
    },
    heardYes() {
      const { ask: asked } = shown.get();
      if (asked?.state !== "asked") return;
      update({ ask: { ...asked, state: "heard" } });
      void ask(() => door.client.call.heardYes({ call, ask: asked.ask })).then((done) => {
        const { ask: now } = shown.get();
        if (!done.ok && now?.ask === asked.ask && now.state === "heard") update({ ask: { ...now, state: "asked" } });
      });
    },
    leaveNote({ type, bytes }) {
      const id = uuidv7();
      const media = type.split(";")[0] ?? type;
      if (round === undefined) return;
      if (round.leaveNote(id, media, bytes)) handed.keep(id, media, bytes);
      else handed.leave(id, media, bytes);
    },
    stopAsk() {
      const { ask: asked } = shown.get();
      if (asked) round?.ask({ kind: "askStop", ask: asked.ask });
      update({ ask: undefined });
    },
    door,
    async sign(wish) {
      return ask(async () => {
        const opinion = await door.client.opinion.sign({ ...wish, call });
        const { opinions } = shown.get();
        if (!opinions.some((one) => one.id === opinion.id)) update({ opinions: [...opinions, opinion] });
      });
    },
    finish: (code) => {
      const { view, opinions } = shown.get();
      const isUrgent = (view?.severity ?? 0) >= urgentFrom;
      // What is urgent the doctor says in so many words; the hub refuses it otherwise.
      const outcome = code ?? (isUrgent ? undefined : outcomeOf(opinions.at(-1)?.next));
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
export function outcomeOf(next: NextStep | undefined): OutcomeCode {
  if (next === "hospital") return "refer";
  return next === "emergency" ? "emergency" : "solved";
}
