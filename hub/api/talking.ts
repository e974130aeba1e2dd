import { ORPCError } from "@orpc/server";
import type { TalkHeard, TalkSaid } from "../../core/contract/hub-calls.ts";
import type { SignalBody } from "../../core/contract/views.ts";
import { spokenTo } from "../calls/participants.ts";
import type { Call, Participant } from "../ports/calls.ts";
import type { Counted, Listener, Topic } from "../ports/signal-bus.ts";
import { Pipe, Written } from "../wire/pipe.ts";
import { mayDescribe, ticketed } from "./calls.ts";
import { doors, refused, stackOf, type HubContext } from "./context.ts";
import { giveFeedBack, takeFeed } from "./feed.ts";

/** The right to speak is looked at again after this time, whatever was written: it also keeps a session awake. Milliseconds. */
const againMs = 15_000;
/** So many numbers are not owed a receipt for longer than it takes to send one. */
const mostOwed = 32;

type Opening = Extract<TalkSaid, { readonly ticket: string }>;
type Spoken = Extract<TalkSaid, { readonly n: number }>;
interface Round {
  readonly call: Call;
  readonly party: Participant;
}

const isOpening = (said: TalkSaid): said is Opening => "ticket" in said;

/**
 * One line of a talk of two. Whether this one may speak, and to whom, is decided anew whenever the store has changed since it
 * was decided; between two writes a signal costs no waiting and goes out in the turn in which it came.
 */
class Talking implements Listener {
  readonly heard = new Pipe<TalkHeard>();
  readonly #context: HubContext;
  readonly #opening: Opening;
  readonly #round: Round;
  readonly #counted: Counted;
  readonly #topics: readonly Topic[];
  /** What came while something is waited for. */
  readonly #waiting: Spoken[] = [];
  #to: string | undefined;
  #after: number;
  #owed = 0;
  #isDebtor = false;
  #busy = false;
  /** The store as it was when the right to speak was decided, and until when that is good. */
  #changes: number;
  #until: number;

  constructor(context: HubContext, opening: Opening, round: Round, changes: number) {
    const { hub } = context;
    this.#context = context;
    this.#opening = opening;
    this.#round = round;
    this.#after = opening.after;
    this.#counted = hub.bus.counted(opening.call, round.party.id, opening.name);
    // What a hub before this one heard is known to the sender alone.
    this.#counted.last = Math.max(this.#counted.last, opening.first - 1);
    this.#to = spokenTo(round.call, round.party.id)?.id;
    this.#changes = changes;
    this.#until = hub.clock.now() + againMs;
    this.#topics = [`signals:${opening.call}:${round.party.id}`, `call:${opening.call}`];
    for (const topic of this.#topics) hub.bus.listen(topic, this);
  }

  notice(): void {
    this.#go();
  }

  /** `over`: told when nothing is sent any more. */
  begin(said: Pipe<TalkSaid>, over: () => void): void {
    this.#hear();
    this.#go();
    const leave = (error?: Error) => {
      for (const topic of this.#topics) this.#context.hub.bus.leave(topic, this);
      this.heard.end(error);
      over();
    };
    this.heard.onLeave(leave);
    said.tap({
      item: (item) => {
        if (item instanceof Written || isOpening(item))
          return said.end(new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } }));
        this.#waiting.push(item);
        this.#go();
      },
      end: leave,
    });
  }

  pay(): void {
    this.#isDebtor = false;
    if (this.#owed > 0) this.#hear();
  }

  /** Goes on with what came and what there is to hear, unless it waits. */
  #go(): void {
    if (this.#busy || this.heard.ended) return;
    if (this.#isSettled()) this.#turn();
    else
      this.#wait(
        () => this.#decide(),
        () => this.#turn(),
      );
  }

  #isSettled(): boolean {
    const { hub } = this.#context;
    return hub.changes() === this.#changes && hub.clock.now() < this.#until;
  }

  #turn(): void {
    while (!this.#busy && !this.heard.ended) {
      const next = this.#waiting.shift();
      if (!next) break;
      this.#say(next);
    }
    const { hub } = this.#context;
    for (const { seq, text } of hub.bus.signals(this.#opening.call, this.#round.party.id, this.#after)) {
      this.#after = seq;
      this.#owed = 0;
      this.heard.put(new Written(`{"heard":${this.#counted.last},"signal":{"seq":${seq},"body":${text}}}`));
    }
  }

  #say({ n, body }: Spoken): void {
    const { last } = this.#counted;
    if (n > last + 1) return this.heard.end(new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } }));
    if (n === last + 1) {
      this.#counted.last = n;
      this.#pass(n, body);
    }
    this.#owe();
  }

  #pass(n: number, body: SignalBody): void {
    const context = this.#context;
    const { hub } = context;
    const { call, ticket } = this.#opening;
    // Who heard a yes is the hub's to say.
    if (body.kind === "askSaid")
      return this.#wait(async () => {
        await refused(context, "call.talk", call);
        this.#hear({ refused: { n, code: "consult.notYours" } });
      });
    const described = hub.tickets.hear(ticket, body);
    if (!described) return this.#post(body);
    this.#wait(async () => {
      if (await mayDescribe(context, this.#round.call, described)) this.#post(body);
      else this.#hear({ refused: { n, code: "consult.fingerprint" } });
    });
  }

  #post(body: SignalBody): void {
    if (this.#to !== undefined) this.#context.hub.bus.post(this.#opening.call, this.#to, body);
  }

  #owe(): void {
    this.#owed += 1;
    if (this.#owed >= mostOwed) this.#hear();
    else if (!this.#isDebtor) {
      this.#isDebtor = true;
      this.#context.hub.owed.owe(this);
    }
  }

  /** Whatever goes to the speaker says how far it was heard. */
  #hear(also: Omit<TalkHeard, "heard"> = {}): void {
    this.#owed = 0;
    this.heard.put({ heard: this.#counted.last, ...also });
  }

  /** Does what takes time; what comes meanwhile waits its turn. */
  #wait(work: () => Promise<void>, then = () => this.#go()): void {
    this.#busy = true;
    work()
      .catch((error: unknown) => {
        if (!(error instanceof ORPCError))
          this.#context.hub.log.error("feedFailed", { operation: "call.talk", stack: stackOf(error) });
        this.heard.end(
          error instanceof ORPCError
            ? error
            : new ORPCError("INTERNAL_SERVER_ERROR", { data: { code: "wire.internal" } }),
        );
      })
      .finally(() => {
        this.#busy = false;
        if (!this.heard.ended) then();
      });
  }

  async #decide(): Promise<void> {
    const { hub } = this.#context;
    const changes = hub.changes();
    const until = await this.#context.staysUntil();
    if (until === undefined) throw new ORPCError("UNAUTHORIZED", { data: { code: "account.signedOut" } });
    const found = await ticketed(this.#context, this.#opening, "call.talk");
    if (!found.ok) return this.#refuse(found.code);
    if (found.call.round !== this.#round.call.round) return this.heard.end();
    this.#to = spokenTo(found.call, this.#round.party.id)?.id;
    this.#changes = changes;
    this.#until = Math.min(until, hub.clock.now() + againMs);
  }

  #refuse(code: "consult.notYours" | "consult.ended"): void {
    // The round is over, as it is for whoever reads its signals.
    if (code === "consult.ended") this.heard.end();
    else throw new ORPCError("FAULT", { defined: true, status: 409, data: { code } });
  }
}

export const talking = {
  talk: doors.call.talk.handler(async ({ input, context, errors }) => {
    const said = input as unknown as Pipe<TalkSaid>;
    takeFeed(context);
    let isTaken = true;
    const giveBack = () => {
      if (isTaken) giveFeedBack(context);
      isTaken = false;
    };
    const changes = context.hub.changes();
    try {
      const { value: opening } = await said.next();
      if (!opening || !isOpening(opening)) throw new ORPCError("BAD_REQUEST");
      const found = await ticketed(context, opening, "call.talk");
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      const talking = new Talking(context, opening, found, changes);
      talking.begin(said, giveBack);
      return talking.heard;
    } catch (error) {
      giveBack();
      throw error;
    }
  }),
};
