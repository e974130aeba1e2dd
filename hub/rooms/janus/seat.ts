import { z } from "zod";
import type { FromRoom, Leg, RoomStream, ToRoom } from "../../../core/contract/room-signals.ts";
import type { LegStatistics, Seat } from "../../ports/room-service.ts";
import type { Handle, HandleEvent, JanusClient, Jsep } from "./client.ts";

const streamsSchema = z.array(
  z.object({ mid: z.string(), type: z.string(), feed_id: z.string().optional(), active: z.boolean().optional() }),
);
const talkingSchema = z.object({ videoroom: z.literal("talking"), id: z.string() });

/** "User ID already exists": the connection before this one is still being taken down. */
const idExists = 436;
const idExistsTries = 40;
const idExistsMs = 50;

export interface SeatParts {
  readonly client: JanusClient;
  readonly room: string;
  /** The room's own, without which nobody is muted. */
  readonly secret: string;
  readonly seat: Seat;
  readonly tell: (signal: FromRoom) => void;
  readonly onLeg: (leg: Leg, connected: boolean) => void;
  /** This participant's media is in the room now, or is no more. */
  readonly onPublishing: () => void;
  readonly onTalking: (participant: string) => void;
  /** Who can be received now, and whose pictures. */
  readonly senders: () => readonly string[];
  readonly pictures: () => readonly string[];
}

interface LegHandle {
  readonly generation: number;
  readonly handle: Handle;
  connected: boolean;
}

/** One participant at a Janus room: a publisher's handle for the up leg, a subscriber's for the down leg. */
export class JanusSeat {
  seat: Seat;
  publishing = false;
  readonly #parts: SeatParts;
  #up: LegHandle | undefined;
  #down: LegHandle | undefined;
  #voiceMid = "0";
  #subscribed = new Set<string>();
  #streams: readonly RoomStream[] = [];
  #joined = false;
  /** An offer is out and not answered: Janus takes no other change until then. */
  #offering = false;
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: SeatParts) {
    this.#parts = parts;
    this.seat = parts.seat;
  }

  /** One after the other: a candidate must not overtake its description. */
  hear(signal: ToRoom): Promise<void> {
    return this.#inOrder(() => this.#hear(signal));
  }

  /** Others came, went, or are to be received differently. */
  refresh(): Promise<void> {
    return this.#inOrder(() => this.#subscribe());
  }

  async mute(muted: boolean): Promise<void> {
    this.seat = { ...this.seat, muted };
    await this.#up?.handle.ask({
      request: "moderate",
      room: this.#parts.room,
      secret: this.#parts.secret,
      id: this.seat.participant,
      mid: this.#voiceMid,
      mute: muted,
    });
  }

  get legs(): readonly LegStatistics[] {
    const { participant } = this.seat;
    const of = (leg: Leg, there: LegHandle | undefined) =>
      there ? [{ participant, leg, connected: there.connected }] : [];
    return [...of("up", this.#up), ...of("down", this.#down)];
  }

  async close(): Promise<void> {
    this.publishing = false;
    await Promise.all([this.#up?.handle.detach(), this.#down?.handle.detach()]);
    this.#up = undefined;
    this.#down = undefined;
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  async #hear({ leg, generation, body }: ToRoom): Promise<void> {
    const there = leg === "up" ? this.#up : this.#down;
    if (there && generation < there.generation) return;
    const isNew = !there || generation > there.generation;
    if (leg === "up" && body.kind === "description" && body.type === "offer" && isNew && this.seat.sends)
      await this.#publish(generation, body.sdp);
    else if (leg === "down" && body.kind === "ready" && isNew) await this.#openDown(generation);
    else if (leg === "down" && body.kind === "description" && body.type === "answer" && !isNew)
      await this.#start(there, body.sdp);
    else if (body.kind === "candidate" && !isNew) {
      const { candidate, sdpMid, sdpMLineIndex } = body;
      there.handle.trickle({ candidate, sdpMid, sdpMLineIndex });
    }
  }

  async #attach(leg: Leg, generation: number): Promise<LegHandle | undefined> {
    const handle = await this.#parts.client.attach((event) => this.#onEvent(leg, generation, event));
    return handle && { generation, handle, connected: false };
  }

  async #publish(generation: number, sdp: string): Promise<void> {
    const { room, tell } = this.#parts;
    this.publishing = false;
    await this.#up?.handle.detach();
    const up = await this.#attach("up", generation);
    if (!up) return;
    this.#up = up;
    this.#voiceMid = /^m=audio[^]*?^a=mid:(\S+)/m.exec(sdp)?.[1] ?? "0";
    const join = { request: "joinandconfigure", ptype: "publisher", room, id: this.seat.participant };
    let answer = await up.handle.ask(join, { type: "offer", sdp });
    for (let nth = 1; answer?.data.error_code === idExists && nth < idExistsTries; nth += 1) {
      await new Promise((resolve) => setTimeout(resolve, idExistsMs));
      answer = await up.handle.ask(join, { type: "offer", sdp });
    }
    if (!answer?.jsep) return;
    // Before the answer is out nothing can be heard.
    if (this.seat.muted) await this.mute(true);
    tell({ leg: "up", generation, body: { kind: "description", type: "answer", sdp: answer.jsep.sdp } });
  }

  async #openDown(generation: number): Promise<void> {
    await this.#down?.handle.detach();
    this.#joined = false;
    this.#offering = false;
    this.#subscribed = new Set();
    this.#streams = [];
    this.#down = await this.#attach("down", generation);
    await this.#subscribe();
  }

  /** Subscribes to who is new, leaves who is gone, and sets whose pictures come. */
  async #subscribe(): Promise<void> {
    const down = this.#down;
    if (!down || this.#offering) return;
    const senders = this.#parts.senders();
    const fresh = senders.filter((one) => !this.#subscribed.has(one));
    const gone = [...this.#subscribed].filter((one) => !senders.includes(one));
    const { room } = this.#parts;
    const feeds = (some: readonly string[]) => some.map((feed) => ({ feed }));
    if (fresh.length + gone.length === 0 || (!this.#joined && fresh.length === 0)) {
      if (this.#joined) await this.#choosePictures(down);
      return;
    }
    const said = await down.handle.ask(
      this.#joined
        ? {
            request: "update",
            ...(fresh.length > 0 ? { subscribe: feeds(fresh) } : {}),
            ...(gone.length > 0 ? { unsubscribe: feeds(gone) } : {}),
          }
        : { request: "join", ptype: "subscriber", room, streams: feeds(fresh) },
    );
    // Somebody left meanwhile: their going brings the next attempt.
    if (said === undefined || said.data.error_code !== undefined || down !== this.#down) return;
    this.#joined = true;
    this.#subscribed = new Set(senders);
    this.#take(down, said);
  }

  /** An answer or an event that may bring an offer and the table of streams. */
  #take(
    down: LegHandle,
    said: { readonly data: HandleEvent["data"]; readonly jsep?: Jsep | undefined } | undefined,
  ): void {
    if (!said || down !== this.#down) return;
    const read = streamsSchema.safeParse(said.data.streams);
    if (read.success)
      this.#streams = read.data.flatMap(({ mid, type, feed_id: participant, active }) =>
        participant === undefined || active === false || (type !== "audio" && type !== "video")
          ? []
          : [{ mid, participant, kind: type }],
      );
    const { generation } = down;
    const streams = [...this.#streams];
    if (said.jsep?.type === "offer") {
      this.#offering = true;
      this.#parts.tell({
        leg: "down",
        generation,
        body: { kind: "description", type: "offer", sdp: said.jsep.sdp, streams },
      });
    } else if (read.success) this.#parts.tell({ leg: "down", generation, body: { kind: "streams", streams } });
  }

  async #start(down: LegHandle, sdp: string): Promise<void> {
    await down.handle.ask({ request: "start" }, { type: "answer", sdp });
    this.#offering = false;
    await this.#choosePictures(down);
    await this.#subscribe();
  }

  async #choosePictures(down: LegHandle): Promise<void> {
    const wanted = this.#parts.pictures();
    const streams = this.#streams
      .filter(({ kind }) => kind === "video")
      .map(({ mid, participant }) => ({ mid, send: wanted.includes(participant) }));
    if (streams.length > 0) await down.handle.ask({ request: "configure", streams });
  }

  #onEvent(leg: Leg, generation: number, event: HandleEvent): void {
    const there = leg === "up" ? this.#up : this.#down;
    if (there?.generation !== generation) return;
    if (event.kind === "webrtcup" || event.kind === "hangup") {
      there.connected = event.kind === "webrtcup";
      this.#parts.onLeg(leg, there.connected);
      // Only now can others subscribe: before, Janus knows no such feed.
      if (leg === "up") {
        this.publishing = there.connected;
        this.#parts.onPublishing();
      }
      return;
    }
    const talking = talkingSchema.safeParse(event.data);
    if (talking.success) this.#parts.onTalking(talking.data.id);
    // Janus itself offers anew when somebody it carried is gone.
    else if (leg === "down") this.#take(there, event);
  }
}
