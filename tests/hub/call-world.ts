import { CallDesk } from "../../hub/calls/call-desk.ts";
import { deadlineOf } from "../../hub/calls/deadlines.ts";
import { isIn, partyOf } from "../../hub/calls/participants.ts";
import { RingBacks } from "../../hub/calls/ring-backs.ts";
import { isOffered, type Taker } from "../../hub/calls/waiting.ts";
import { createMemoryPresence } from "../../hub/embedded/memory-presence.ts";
import { createLogger } from "../../hub/log.ts";
import type { Call } from "../../hub/ports/calls.ts";
import type { LineOf } from "../../hub/ports/presence.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryCalls } from "./memory-calls.ts";

const practice = (org: string, tier: "township" | "county") => ({ org, orgName: org, tier, licence: org });
const doctors: readonly Taker[] = [
  { id: "d0", name: "d0", role: "doctor", practice: practice("t1", "township") },
  { id: "d1", name: "d1", role: "doctor", practice: practice("t1", "township") },
  { id: "d2", name: "d2", role: "doctor", practice: practice("t2", "township") },
  { id: "d3", name: "d3", role: "specialist", practice: practice("c", "county") },
];
const stations = ["s0", "s1", "s2", "s3"].map((id, nth) => ({
  id,
  name: id,
  place: "",
  publicKey: "",
  ...(nth === 0 ? {} : { hospital: nth === 1 ? "t2" : "t1" }),
}));
const lines: readonly LineOf[] = [
  ...doctors.map(({ id }) => `person:${id}` as const),
  ...stations.map(({ id }) => `station:${id}` as const),
];
const codes = [undefined, "solved", "refer", "calledBack"] as const;
const steps = ["near", "county", "everyone"] as const;

function pick<T>(from: readonly T[], by: number): T {
  // No list here is empty, and one of them holds undefined.
  return from[by % from.length] as T;
}

/** The real desk over a store in memory, with everybody's lines and the hub's own life in the test's hands. */
export class CallWorld {
  readonly clock = fakeClock(0);
  readonly store = memoryCalls();
  #presence = createMemoryPresence(this.clock);
  #ringBacks: RingBacks | undefined;
  /** Calls that came straight to the doctor who had asked for them. */
  given = 0;
  #desk: CallDesk;
  readonly #here = new Set<LineOf>(lines);
  #made = 0;
  readonly #failures: string[] = [];

  constructor() {
    this.#desk = this.#newDesk();
    for (const line of lines) this.#presence.arrived(line, line);
  }

  #newDesk(): CallDesk {
    this.#ringBacks?.close();
    const ringBacks = new RingBacks({ calls: this.store, bus: { announce: () => undefined }, clock: this.clock });
    this.#ringBacks = ringBacks;
    return new CallDesk({
      clock: this.clock,
      calls: this.store,
      directory: {
        station: (id) => Promise.resolve(stations.find((one) => one.id === id)),
        contractedDoctor: (resident) => Promise.resolve(resident === "r1" ? "d0" : undefined),
      },
      records: { hub: "hub", subjectOf: () => Promise.resolve(null) },
      presence: this.#presence,
      ringBacks,
      bus: { announce: () => undefined, clear: () => undefined },
      log: createLogger("warn", { write: (line) => void this.#failures.push(line) }),
    });
  }

  get open(): readonly Call[] {
    return [...this.store.all.values()].filter(({ outcome }) => outcome === undefined);
  }

  /** One thing happens; which, is in the bits of `code`. */
  async step(code: number): Promise<void> {
    const kind = code % 16;
    const [a, b, c] = [(code >>> 4) & 15, (code >>> 8) & 15, (code >>> 12) & 255];
    await this.#act(kind, a, b, c);
    await this.calm();
    this.check();
  }

  async #act(kind: number, a: number, b: number, c: number): Promise<void> {
    const { open } = this;
    const actor = { role: "doctor", id: "test" };
    if (kind === 0) return this.clock.advance(c * a * 500);
    if (kind === 1) {
      this.#made += 1;
      const visit = `v${a % 4}-${b % 3}`;
      const station = pick(stations, a).id;
      const id = `call-${this.#made}`;
      const hungUp = open.find((one) => one.state === "finished" && one.visit === visit && one.station.id === station);
      const asks = doctors.find((one) => one.id === hungUp?.clinician?.id);
      if (asks && hungUp?.station && c % 2 === 0) this.#ringBacks?.ask(hungUp, asks);
      await this.#desk.join({
        id,
        station,
        visit,
        mode: c % 5 === 0 ? "stored" : "assisted",
        shownName: "N",
        severity: c % 4,
        ...(b % 2 === 0 ? { resident: "r1" } : {}),
      });
      if (this.store.all.get(id)?.clinician) this.given += 1;
      return;
    }
    if (kind === 2) return this.#line(pick(lines, a), false);
    if (kind === 3) return this.#line(pick(lines, a), true);
    if (kind === 4) return c % 8 === 0 ? this.#restart() : undefined;
    if (open.length === 0) return;
    const call = pick(open, c);
    const doctor = pick(doctors, b);
    const party = pick(call.participants, a);
    const person = { id: doctor.id, kind: "person", name: doctor.name, role: doctor.role } as const;
    const owner = call.clinician?.id ?? doctor.id;
    const apply = (input: Parameters<CallDesk["apply"]>[1]) => this.#desk.apply(call.id, input, actor);
    switch (kind) {
      case 5:
      case 6:
        return this.#accept(call, doctor);
      case 7: {
        const [one, two] = await Promise.all([
          this.#desk.accept(call.id, doctor),
          this.#desk.accept(call.id, pick(doctors, b + 1)),
        ]);
        if (one.ok && two.ok) throw new Error("two owners");
        return;
      }
      case 8:
        await apply({ kind: "decline", who: person });
        return;
      case 9:
        await apply({ kind: "leave", id: party.id });
        return;
      case 10:
        await apply({ kind: "invite", id: owner, who: person, handOver: a % 2 === 0 });
        return;
      case 11:
        await apply({ kind: "join", id: party.id });
        if (b % 3 === 0) await apply({ kind: "handTo", id: owner, to: party.id });
        return;
      case 12:
        await apply({ kind: "release", id: owner, step: pick(steps, a) });
        return;
      case 13:
        await apply({ kind: "hangUp", id: party.id });
        return;
      case 14: {
        const code = pick(codes, a);
        await apply({ kind: "finish", id: owner, ...(code === undefined ? {} : { code }) });
        return;
      }
      default:
        await apply({ kind: "mediaUp", id: party.id });
    }
  }

  async #accept(call: Call, doctor: Taker): Promise<void> {
    const before = this.open;
    const taken = await this.#desk.accept(call.id, doctor);
    if (!taken.ok) return;
    if (call.clinician !== undefined) throw new Error("taken from its owner");
    if (before.some((one) => one.visit === call.visit && one.clinician?.id === doctor.id)) return;
    const equal = before.find(
      (one) =>
        one.id !== call.id &&
        one.clinician === undefined &&
        one.state === call.state &&
        one.severity === call.severity &&
        (one.mode === "stored") === (call.mode === "stored") &&
        (one.joinedAt < call.joinedAt || (one.joinedAt === call.joinedAt && one.id < call.id)) &&
        isOffered(one, doctor) &&
        partyOf(one, doctor.id)?.state !== "declined" &&
        (one.mode === "stored" || (one.station !== undefined && partyOf(one, one.station.id)?.state === "here")),
    );
    if (equal) throw new Error(`${equal.id} was overtaken by ${call.id}`);
  }

  #line(line: LineOf, here: boolean): void {
    if (here) {
      this.#here.add(line);
      this.#presence.arrived(line, line);
    } else {
      this.#here.delete(line);
      this.#presence.left(line, line);
    }
  }

  /** The hub ends without a word, another takes its place, and those who have a line dial it. */
  async #restart(): Promise<void> {
    this.#desk.close();
    this.#presence = createMemoryPresence(this.clock);
    this.#desk = this.#newDesk();
    await this.#desk.resume();
    for (const line of this.#here) this.#presence.arrived(line, line);
  }

  /** Until nothing is under way any more and every timer that is due has run. */
  async calm(): Promise<void> {
    for (let left = 20; left > 0; left -= 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!this.open.some((call) => this.#isDue(call))) return;
      this.clock.advance(0);
    }
  }

  #isDue(call: Call): boolean {
    const due = deadlineOf(call);
    return due !== undefined && due.at <= this.clock.now();
  }

  check(): void {
    const failure = this.#failures[0];
    if (failure !== undefined) throw new Error(failure);
    for (const call of this.store.all.values()) {
      const owner = call.clinician && partyOf(call, call.clinician.id);
      const queued = call.state === "waiting" || call.state === "interrupted";
      const say = (what: string) => new Error(`${what}: ${JSON.stringify(call)}`);
      if (call.outcome !== undefined) continue;
      if (queued && call.clinician) throw say("a waiting call has an owner");
      if (!queued && (!owner || !isIn(owner))) throw say("a call without an owner");
      if (this.#isDue(call)) throw say("nobody woke up for it");
      if (queued && call.step !== "everyone" && deadlineOf(call) === undefined) throw say("stuck below the last step");
      if (call.mode === "stored" || call.state === "finished") continue;
      for (const party of call.participants.filter(isIn)) {
        if ((party.state === "here") !== this.#here.has(`${party.kind}:${party.id}`)) throw say("lines are told wrong");
      }
    }
  }

  /** Every doctor goes home for good: whatever is open must come to be offered to all, or be somebody's to write up. */
  async end(): Promise<void> {
    for (const line of lines) this.#line(line, line.startsWith("station:"));
    for (let hour = 0; hour < 14; hour += 1) {
      this.clock.advance(3_600_000);
      await this.calm();
    }
    this.check();
    const stuck = this.open.find((call) => call.state !== "finished" && call.step !== "everyone");
    const running = this.open.find(({ state }) => ["ringing", "active", "reconnecting"].includes(state));
    if (stuck ?? running) throw new Error(`stuck: ${JSON.stringify(stuck ?? running)}`);
    this.#desk.close();
  }
}
