import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Entry } from "../../core/journal/entry.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import { enrol, keptEnrolment, stationToken, type Enrolment } from "./credentials.ts";
import { Heartbeat } from "./heartbeat.ts";
import { dialHub, type HubClient, type HubLine } from "./hub-client.ts";
import { HubTime } from "./hub-time.ts";
import { Inbox } from "./inbox.ts";
import { Shipper, type Proof } from "./ship.ts";

export type HubStore = Pick<
  Store,
  | "owner"
  | "publicKey"
  | "sign"
  | "entry"
  | "append"
  | "head"
  | "tail"
  | "signHead"
  | "hubCursor"
  | "consentsOf"
  | "visit"
>;

export interface HubLinkParts {
  /** `http://host:port` or `https://…`. */
  readonly address: string;
  /** One-time code for the first start; not needed once enrolled. */
  readonly enrolCode?: string | undefined;
  readonly store: HubStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** As the doctor's queue shows the station. */
  readonly name: string;
  readonly place: string;
  /** 0 to 1, for the jitter of redialing. */
  readonly random?: () => number;
}

/** `away` covers everything that is not an open line: not reached, not enrolled, refused. */
export type HubState = "up" | "away";

const firstDelayMs = 300;
const longestDelayMs = 3_000;
/** Less than this is no reason for a refusal. */
const clockDifferenceMs = 10_000;

/** Before the n-th redial since the line was last open, n from 0: 0.3, 0.6, 1.2, 2.4, 3 s, each up to a fifth longer or shorter. */
export function redialDelayMs(n: number, random: number): number {
  return Math.min(firstDelayMs * 2 ** n, longestDelayMs) * (0.8 + 0.4 * random);
}

/**
 * The station's one line to its hub. It dials for as long as it lives, never holds anybody up, and on every line that
 * opens ships the journal and reads the inbox. Whoever needs the line asks for `client` and finds none while it is away.
 */
export class HubLink {
  readonly #parts: HubLinkParts;
  readonly #shipper: Shipper;
  readonly #inbox: Inbox;
  readonly #heartbeat: Heartbeat;
  readonly #time: HubTime;
  readonly #changeListeners = new Set<() => void>();
  readonly #keptListeners = new Set<(entry: Entry) => void>();
  #line: HubLine | undefined;
  #hub: Enrolment | undefined;
  #codeSpent = false;
  /** For tokens only: the clock of a hub that refused us. */
  #tokenAheadMs = 0;
  #trouble: FaultCode | undefined;
  #closed = false;
  #wake: () => void = () => undefined;
  readonly #ended: Promise<void>;

  constructor(parts: HubLinkParts) {
    this.#parts = parts;
    const { store, clock, log } = parts;
    const changed = () => this.#changed();
    this.#shipper = new Shipper({ store, clock, log, changed });
    this.#inbox = new Inbox({ store, clock, log, kept: (entry) => this.#kept(entry) });
    this.#heartbeat = new Heartbeat(clock);
    this.#time = new HubTime({ address: parts.address, clock, log, changed });
    this.#shipper.kick();
    this.#ended = this.#live();
  }

  get state(): HubState {
    return this.#line === undefined ? "away" : "up";
  }

  /** Of the open line; undefined while the hub is away. */
  get client(): HubClient | undefined {
    return this.#line?.client;
  }

  /** Entries that the hub is not known to hold. */
  get unsent(): number {
    return this.#shipper.unsent;
  }

  /** `broken`: the hub's copy of the journal differs from ours. */
  get proof(): Proof {
    return this.#shipper.proof;
  }

  /** The hub's clock minus the station's, in ms; undefined while nobody could compare them. */
  get hubAheadMs(): number | undefined {
    return this.#time.aheadMs;
  }

  /** Why the hub will not have this station, if it said so. */
  get trouble(): FaultCode | undefined {
    return this.#trouble;
  }

  /** Of `state`, `unsent`, `proof`, `hubAheadMs` or `trouble`. The answer stops telling. */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => void this.#changeListeners.delete(listener);
  }

  /** Entries of the hub's journal for this station, each after its meaning is durable here. The answer stops telling. */
  onKept(listener: (entry: Entry) => void): () => void {
    this.#keptListeners.add(listener);
    return () => void this.#keptListeners.delete(listener);
  }

  /** There are new entries in the journal. */
  kick(): void {
    this.#shipper.kick();
  }

  /** While any call runs, a dead line is found within 4 s. */
  inCall(call: string, running: boolean): void {
    this.#heartbeat.inCall(call, running);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#time.close();
    this.#line?.drop();
    this.#wake();
    await this.#ended;
  }

  async #live(): Promise<void> {
    const { clock, random = Math.random } = this.#parts;
    for (let failures = 0; !this.#isClosed();) {
      const wasUp = await this.#oneLine();
      if (this.#isClosed()) break;
      failures = wasUp ? 0 : failures + 1;
      await this.#pause(redialDelayMs(wasUp ? 0 : failures - 1, random()), clock);
    }
  }

  /** From dial to loss. Answers whether the line was ever open. Never rejects. */
  async #oneLine(): Promise<boolean> {
    const { store, clock, log } = this.#parts;
    try {
      const hub = this.#hub ?? (await this.#enrolled());
      if (hub === undefined) return false;
      const dialed = await dialHub(
        this.#parts.address,
        await stationToken(store, clock.now() + this.#tokenAheadMs),
        clock,
        () => this.#heartbeat.heard(),
      );
      if (!dialed.ok) {
        if (dialed.why === "refused" && !this.#setByHub(dialed.hubNow)) await this.#refused();
        return false;
      }
      await this.#use(dialed.line, hub);
      return true;
    } catch (error) {
      log.error("hub line failed", { why: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  async #use(line: HubLine, hub: Enrolment): Promise<void> {
    if (this.#closed) line.drop();
    const gone = new Promise<void>((done) => {
      if (line.gone.aborted) done();
      else line.gone.addEventListener("abort", () => done(), { once: true });
    });
    this.#line = line;
    this.#tell(undefined);
    this.#parts.log.info("hub up", { address: this.#parts.address });
    this.#changed();
    this.#heartbeat.attach(line);
    this.#time.lineOpened();
    this.#shipper.attach(line, hub.publicKey);
    const reading = this.#inbox.read(line, hub);
    await gone;
    this.#heartbeat.detach();
    this.#time.lineLost();
    this.#shipper.detach();
    this.#line = undefined;
    if (!this.#isClosed()) this.#parts.log.warn("hub away", { address: this.#parts.address });
    this.#changed();
    await reading;
  }

  async #enrolled(): Promise<Enrolment | undefined> {
    const { store } = this.#parts;
    const { nth, hub } = await keptEnrolment(store);
    this.#hub = hub ?? (await this.#enrol(nth + 1));
    return this.#hub;
  }

  async #enrol(nth: number): Promise<Enrolment | undefined> {
    const { store, clock, address, enrolCode: code, name, place } = this.#parts;
    if (code === undefined || this.#codeSpent) {
      this.#tell("station.enrolCode");
      return undefined;
    }
    const answer = await enrol(store, { address, code, name, place, nth }, clock);
    if (answer.ok) {
      this.#codeSpent = true;
      this.#parts.log.info("enrolled", { address });
      this.#shipper.kick();
      return answer.hub;
    }
    if (answer.why === "code") {
      this.#codeSpent = true;
      this.#tell("station.enrolCode");
    }
    return undefined;
  }

  /**
   * A token is only good for a minute, and village clocks are often wrong: where the hub's clock tells another time, the
   * next token is made for that time. Answers whether there is something new to try. Nothing else follows that clock; what the
   * station's own clock is worth is asked over an open line.
   */
  #setByHub(hubNow: number | undefined): boolean {
    if (hubNow === undefined) return false;
    const aheadMs = hubNow - this.#parts.clock.now();
    if (Math.abs(aheadMs - this.#tokenAheadMs) < clockDifferenceMs) return false;
    this.#tokenAheadMs = aheadMs;
    this.#parts.log.warn("the hub's clock tells another time", { ms: aheadMs });
    return true;
  }

  /** The hub does not know this station (any more): a code that was not used yet is tried, once. */
  async #refused(): Promise<void> {
    if (this.#parts.enrolCode === undefined || this.#codeSpent) {
      this.#tell("wire.forbidden");
      return;
    }
    const { nth } = await keptEnrolment(this.#parts.store);
    this.#hub = (await this.#enrol(nth + 1)) ?? this.#hub;
  }

  #tell(code: FaultCode | undefined): void {
    if (this.#trouble === code) return;
    this.#trouble = code;
    if (code !== undefined)
      this.#parts.log.error("the hub does not take this station", { code, address: this.#parts.address });
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#changeListeners]) listener();
  }

  #kept(entry: Entry): void {
    // What was kept is to be shipped in its turn.
    this.#shipper.kick();
    for (const listener of [...this.#keptListeners]) listener(entry);
  }

  #pause(ms: number, clock: Clock): Promise<void> {
    return new Promise((done) => {
      const stop = clock.after(ms, done);
      this.#wake = () => {
        stop();
        done();
      };
    });
  }

  /** Read anew after every wait: the compiler cannot see that `close` may have been called meanwhile. */
  #isClosed(): boolean {
    return this.#closed;
  }
}

/** Starts dialing at once and answers at once. Whoever opens it closes it. */
export function openHubLink(parts: HubLinkParts): HubLink {
  return new HubLink(parts);
}
