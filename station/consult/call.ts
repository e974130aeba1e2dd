import type { CallView } from "../../core/contract/hub-calls.ts";
import { faultOf } from "../../core/contract/line.ts";
import type { ConsultView } from "../../core/contract/station.ts";
import { TalkSide } from "../../core/contract/talk-side.ts";
import type { ToRoom } from "../../core/contract/room-signals.ts";
import type { Signal, SignalBody } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { HeardBy, Opinion } from "../../core/journal/entry.ts";
import { v7 as uuidv7 } from "uuid";
import { Feed, Story } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import { askedOf } from "./asked-of.ts";
import type { HubClient } from "./hub-client.ts";
import type { HubLink } from "./hub-link.ts";
import { StationNotes } from "./notes.ts";
import { StationRoom } from "./room.ts";
import type { AskingVisit } from "./visit-desk.ts";

export type Sent<C extends FaultCode> = { readonly ok: true } | { readonly ok: false; readonly code: C };

type RoomSignal = readonly [seat: string, id: string, signal: ToRoom];

/** What a call needs of the host. */
export interface CallParts {
  readonly link: HubLink;
  readonly log: Logger;
  /** Told each number that the hub says. */
  readonly dutyPhone: (phone: string) => void;
  /** Whether the person of the visit agrees now that a doctor gets readings and pictures. */
  readonly sends: () => boolean;
}

const running: readonly ConsultView["state"][] = ["ringing", "active", "reconnecting"];

/**
 * One call as the station holds it: it outlives the line to the hub and the page. While the line is away the last view
 * stays, marked `lineDown`; when it is back the call is joined again by its id, and the signals that were missed are heard
 * from the last one on.
 */
export class StationCall {
  readonly id: string;
  /** The seat in the room of three and more. */
  readonly room: StationRoom;
  /** What the doctors said to be listened to. */
  readonly notes: StationNotes;
  readonly #gist: AskingVisit;
  readonly #link: HubLink;
  readonly #log: Logger;
  readonly #dutyPhone: (phone: string) => void;
  readonly #sends: () => boolean;
  readonly #view: Feed<ConsultView>;
  readonly #signals = new Story<Signal>();
  /** Signals up to here belong to a round with another doctor. */
  #roundFrom = 0;
  #ticket: string | undefined;
  #listening: AbortController | undefined;
  readonly #stop: () => void;
  readonly #life = new AbortController();
  #mediaUp = false;
  /** As whom the hub knows the station in this call. */
  #you = "";
  #over = false;
  #leaving = false;
  /** Who heard the resident say yes, by the doctor's wish. */
  readonly #said = new Map<string, HeardBy>();
  readonly #talk: TalkSide;
  #round: number | undefined;
  /** The page's own ids of what it said in this round. */
  readonly #given = new Set<string>();

  constructor(id: string, gist: AskingVisit, { link, log, dutyPhone, sends }: CallParts) {
    this.#dutyPhone = dutyPhone;
    this.#sends = sends;
    this.id = id;
    this.#gist = gist;
    this.#link = link;
    this.#log = log.with({ call: id, visit: gist.visit });
    this.#talk = new TalkSide({
      call: id,
      name: uuidv7,
      // A reading that waits for a line when the person takes the consent back is over for the doctor, without its numbers.
      as: (body) =>
        body.kind !== "live" || sends()
          ? body
          : { kind: "live", message: { ...body.message, event: { kind: "ended", how: "stopped" } } },
      onRefused: (code) => this.#log.warn("signal refused", { code }),
    });
    this.room = new StationRoom(id, this.#log);
    this.notes = new StationNotes(id, this.#log);
    this.#view = new Feed<ConsultView>({
      call: id,
      state: "waiting",
      others: [],
      lineDown: link.state === "away",
      iceServers: [],
    });
    // Each line gets its own attempt; changes of other kinds find the attempt under way.
    let of = link.client;
    const follow = () => {
      const { client } = link;
      if (client === of) return;
      of = client;
      // A ticket is good on the connection of its first use alone.
      this.#ticket = undefined;
      this.#listening?.abort();
      this.#show({ lineDown: client === undefined });
      if (client !== undefined) void this.#follow(client);
    };
    this.#stop = link.onChange(follow);
  }

  get gist(): AskingVisit {
    return this.#gist;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The hub over the present line; undefined while it is away, or when this call is left. */
  get hub(): HubClient | undefined {
    return this.#leaving ? undefined : this.#link.client;
  }

  /** The person agrees now that a doctor gets readings and pictures. */
  get sends(): boolean {
    return this.#sends();
  }

  get view(): ConsultView {
    return this.#view.value;
  }

  /** From the present view on, until the consult is over. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<ConsultView, void, void> {
    yield* this.#view.read(signal);
  }

  async *signals(after: number, signal: AbortSignal | undefined): AsyncGenerator<Signal, void, void> {
    for await (const heard of this.#signals.read(signal)) {
      if (heard.seq > Math.max(after, this.#roundFrom)) yield heard;
    }
  }

  /** Joins over the present line. `hubAway`: not now; the call is joined when the line is back, unless it is cancelled. */
  async join(): Promise<Sent<"consult.hubAway">> {
    const { client } = this.#link;
    if (client === undefined) return { ok: false, code: "consult.hubAway" };
    const joined = await this.#join(client);
    if (joined === "joined") void this.#watch(client);
    if (joined === "ended") this.#end();
    return joined === "away" ? { ok: false, code: "consult.hubAway" } : { ok: true };
  }

  /** Leaves the queue, or hangs up. Where the line is away, the hub is told when it is back. */
  async leave(): Promise<void> {
    if (this.#over) return;
    this.#leaving = true;
    this.#show({ state: "finished" });
    this.#view.close();
    this.#signals.close();
    this.room.close();
    this.notes.close();
    this.#link.inCall(this.id, false);
    const { client } = this.#link;
    if (client !== undefined) await this.#tellLeaving(client);
  }

  /**
   * Takes it over: what the hub has not heard yet when a line is lost is said again on the next one. `given`: the page's own
   * id; sent again after a lost answer, it is the same signal.
   */
  async send(body: SignalBody, given?: string): Promise<Sent<"consult.hubAway" | "consult.ended">> {
    if (this.#over || this.#leaving) return { ok: false, code: "consult.ended" };
    if (this.#link.client === undefined || this.#ticket === undefined) return { ok: false, code: "consult.hubAway" };
    if (given !== undefined && this.#given.has(given)) return { ok: true };
    if (given !== undefined) this.#given.add(given);
    // Of what is not sent any more the page needs no word: it was the page that was told so.
    if (body.kind !== "live" || this.#sends()) this.#talk.say(body);
    return { ok: true };
  }

  /** To the room, under the ticket of this line. */
  sendToRoom(...told: RoomSignal): ReturnType<StationRoom["send"]> {
    return this.room.send(this.#ticket, ...told);
  }

  /** First remote frame decoded here. Told to the hub now, or when the line is back. */
  async mediaUp(): Promise<void> {
    this.#mediaUp = true;
    const { client } = this.#link;
    if (client !== undefined) await this.#tellMediaUp(client);
  }

  /** Tells the others whether our voice is sent; with a lost line they are not told, and hear it. */
  async mute(muted: boolean): Promise<void> {
    try {
      await this.#link.client?.call.mute({ call: this.id, participant: this.#you, muted });
    } catch (error) {
      this.#log.warn("mute not told", { code: faultOf(error) });
    }
  }

  /** Who heard the resident say yes to that wish; undefined: nobody, or the call does not run now. */
  heardYes(ask: string): HeardBy | undefined {
    const { state, lineDown } = this.view;
    return state === "active" && !lineDown && !this.#over ? this.#said.get(ask) : undefined;
  }

  /** The opinion of this call, once it is in the station's journal. */
  received(opinion: Opinion): void {
    this.#show({ opinion });
  }

  /** Lets go without telling the hub: the host ends, the queue's grace time does the rest. */
  close(): void {
    this.#end();
  }

  /** Takes the call up over a new line. */
  async #follow(client: HubClient): Promise<void> {
    if (this.#over) return;
    if (this.#leaving) {
      await this.#tellLeaving(client);
      return;
    }
    const joined = await this.#join(client);
    if (joined === "ended") this.#end();
    if (joined === "joined") await this.#watch(client);
  }

  async #watch(client: HubClient): Promise<void> {
    try {
      if (this.#mediaUp) await this.#tellMediaUp(client);
      for await (const view of await client.call.watch({ call: this.id }, { signal: this.#life.signal }))
        this.#take(view, client);
      // The hub ends this feed only when the consult has its outcome.
      this.#end();
    } catch (error) {
      const code = faultOf(error);
      if (code === "consult.ended" || code === "consult.notYours") this.#end();
      else if (code !== "wire.closed" && !this.#life.signal.aborted) this.#log.warn("call feed failed", { code });
    }
  }

  /** Joining twice is joining once; after a lost line it is how the call is taken up again. */
  async #join(client: HubClient): Promise<"joined" | "ended" | "away"> {
    try {
      await client.queue.join({ ...askedOf(this.#gist), call: this.id });
      return "joined";
    } catch (error) {
      const code = faultOf(error);
      if (code === "consult.ended") return "ended";
      this.#log.warn("queue not joined", { code });
      return "away";
    }
  }

  #take(view: CallView, client: HubClient): void {
    if (this.#leaving) return;
    const {
      state,
      mode,
      ahead,
      expectedWaitS,
      dutyPhone,
      clinician,
      participants,
      you,
      code,
      iceServers,
      ticket,
      guests,
      round,
    } = view;
    this.#you = you;
    if (dutyPhone !== undefined) this.#dutyPhone(dutyPhone);
    const { opinion } = this.view;
    const isRunning = running.includes(state);
    if (!isRunning) {
      this.#mediaUp = false;
      this.#roundFrom = this.#talk.lastSeq;
    }
    if (!isRunning || round !== this.#round) this.#newRound();
    this.#round = round;
    // Before the page is told: it may speak as soon as it sees who is there.
    if (ticket !== this.#ticket) {
      this.#ticket = ticket;
      this.#listening?.abort();
      this.#listening = new AbortController();
      if (ticket !== undefined) void this.#listen(client, ticket, this.#listening.signal);
    }
    this.#view.set({
      call: this.id,
      state,
      mode,
      ...(ahead === undefined ? {} : { ahead }),
      ...(expectedWaitS === undefined ? {} : { expectedWaitS }),
      ...(dutyPhone === undefined ? {} : { dutyPhone }),
      ...(clinician === undefined ? {} : { clinician }),
      others: participants
        .filter(({ id, state: at }) => id !== you && (at === "here" || at === "away"))
        .map(({ id, name, role, state: at }) => ({ id, name, role, state: at })),
      ...(code === undefined ? {} : { code }),
      ...(guests === undefined ? {} : { guests }),
      lineDown: this.#link.state === "away",
      iceServers,
      // The hub's own copy is not shown: what the page sees of an opinion is in this journal.
      ...(opinion === undefined ? {} : { opinion }),
    });
    this.room.follow(isRunning ? client : undefined);
    this.notes.follow(isRunning ? client : undefined, you);
    this.#link.inCall(this.id, isRunning);
  }

  /** What was not heard was meant for somebody who is gone. */
  #newRound(): void {
    this.#talk.newRound();
    this.#given.clear();
  }

  async #listen(client: HubClient, ticket: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const one of this.#talk.over(client.call, ticket, signal)) {
        if (one.body.kind === "askSaid") this.#said.set(one.body.ask, one.body.heardBy);
        this.#signals.push(one);
      }
    } catch (error) {
      const code = faultOf(error);
      if (!signal.aborted && code !== "wire.closed" && code !== "consult.ended")
        this.#log.warn("signals failed", { code });
    } finally {
      // Whatever ended it, the next view starts it anew.
      if (this.#ticket === ticket) this.#ticket = undefined;
    }
  }

  async #tellLeaving(client: HubClient): Promise<void> {
    try {
      await client.queue.leave({ call: this.id });
      this.#end();
    } catch (error) {
      // With a lost line it is told over the next one.
      if (faultOf(error) !== "wire.closed") this.#end();
    }
  }

  async #tellMediaUp(client: HubClient): Promise<void> {
    try {
      await client.call.mediaUp({ call: this.id });
    } catch (error) {
      const code = faultOf(error);
      if (code !== "wire.closed" && code !== "consult.ended") this.#log.warn("mediaUp not told", { code });
    }
  }

  #show(change: Partial<ConsultView>): void {
    this.#view.set({ ...this.view, ...change });
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stop();
    this.#life.abort();
    this.#talk.close();
    this.#listening?.abort();
    this.#link.inCall(this.id, false);
    this.#show({ state: "finished" });
    this.#view.close();
    this.#signals.close();
    this.room.close();
    this.notes.close();
  }
}
