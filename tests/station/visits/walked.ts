import { RPCHandler } from "@orpc/server/message-port";
import { onTestFinished, vi } from "vitest";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { stepsOf, whileResting, type QuickCheck } from "../../../core/machine/steps.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import { openDoor } from "../../../renderer/door.ts";
import { armAsked } from "../../../renderer/kiosk/arm.ts";
import { createEngine, type Engine } from "../../../renderer/kiosk/engine.ts";
import { lineOverPort, stationClient } from "../../../renderer/station.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startStation } from "../fakes/station.ts";
import { otherArm, personOf, type Person } from "./person.ts";

/** What the time of a visit goes to. */
export const parts = ["person", "resting", "cuff", "betweenReadings", "device", "host"] as const;
export type Part = (typeof parts)[number];
export type Spent = Readonly<Record<Part, number>>;

export interface Walked {
  readonly spent: Spent;
  readonly totalMs: number;
  /** Person's time by screen, milliseconds. */
  readonly screens: Readonly<Record<string, number>>;
  readonly readings: number;
  /** The pressure was of both arms. */
  readonly twoArms: boolean;
  /** How often the station asked whether somebody was still there. */
  readonly warned: number;
}

const devices = {
  card: findProfile("id-card-reader-sdt"),
  bloodPressure: findProfile("raycome-rbp-9000c"),
  oximetry: findProfile("contec-cms50"),
  temperature: findProfile("thermometer-gy-mcu90615"),
  body: findProfile("scale-st-gs"),
} as const;

/** One reading: as cuffs take it (30 to 45 s), and as the simulated one does. Milliseconds. */
export const cuffMs = { real: 35_000, simulated: 13_000 } as const;
const cuffSpeed = cuffMs.simulated / cuffMs.real;
/** How finely the clock goes while the host or a device is waited for; a cuff takes half a minute. */
const tickMs = { cuff: 500, other: 200 } as const;
/** How long a person takes to see that the station asks whether somebody is there. */
const answerMs = 5_000;

const profileOf = (name: keyof typeof devices): Profile => {
  const profile = devices[name];
  if (profile === undefined) throw new Error(`no profile for ${name}`);
  return profile;
};

/** The kiosk's own engine over a real host with simulated devices, on one clock that nobody waits for. */
export async function openPlace(nearest: QuickCheck) {
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const all = Object.keys(devices) as (keyof typeof devices)[];
  const names = all.toSorted((one, other) => Number(other === nearest) - Number(one === nearest));
  for (const name of names) channels.plug(`/dev/${name}`);
  const settings = {
    simulated: true,
    devices: names.map((name) => ({ profile: profileOf(name).id, port: `/dev/${name}` })),
  };
  const { station } = await startStation({ clock, channels, settings });
  vi.useFakeTimers({ toFake: ["Date"], now: clock.now() });
  let asked = 0;
  const handler = new RPCHandler(station.router, {
    clientInterceptors: [
      async (call) => {
        asked += 1;
        try {
          return await call.next();
        } finally {
          asked -= 1;
        }
      },
    ],
  });
  /** What was asked of the host is on the disk: it takes real time, and the clock must not run away from it. */
  const answered = async (): Promise<void> => {
    await new Promise((wake) => setTimeout(wake, 2));
    await settled(() => asked === 0, 500);
    await new Promise((wake) => setTimeout(wake, 1));
  };
  const door = openDoor(
    ({ opened }) => {
      const { port1, port2 } = new MessageChannel();
      handler.upgrade(port2);
      port1.start();
      port2.start();
      queueMicrotask(() => opened(lineOverPort(port1)));
      const close = () => {
        port1.close();
        port2.close();
      };
      return { retry: false, close };
    },
    stationClient,
    clock,
  );
  const engine = createEngine({ door, loadKit: () => Promise.reject(new Error("nobody is called")) });
  const close = (): void => {
    engine.close();
    door.close();
    vi.useRealTimers();
  };
  onTestFinished(close);
  return {
    nearest,
    close,
    clock,
    channels,
    engine,
    answered,
    place: (name: keyof typeof devices, options: Parameters<typeof simulated>[3] = {}) => {
      const port = channels.ports.get(`/dev/${name}`);
      if (port === undefined) throw new Error(`nothing is plugged for ${name}`);
      return simulated(port, profileOf(name), clock, options);
    },
  };
}
type Place = Awaited<ReturnType<typeof openPlace>>;

/** Cards that nobody can have: region 000000, with a right check digit. */
function cardOf(serial: number): { readonly name: string; readonly number: string } {
  const body = `00000019${String(40 + (serial % 30))}0101${String(1 + (serial % 998)).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return { name: "样本乙", number: `${body}${"10X98765432"[sum % 11] ?? ""}` };
}

/** Stays with one visit: lets time go on, and writes down what for. */
class Watch {
  readonly spent: Record<Part, number> = { person: 0, resting: 0, cuff: 0, betweenReadings: 0, device: 0, host: 0 };
  readonly screens: Record<string, number> = {};
  warned = 0;
  readonly #clock: FakeClock;
  readonly #engine: Engine;
  #runs = false;

  constructor({ clock, engine }: Place) {
    this.#clock = clock;
    this.#engine = engine;
  }

  begin(): void {
    this.#runs = true;
  }

  /** From the moment somebody is recognized. */
  get runs(): boolean {
    return this.#runs;
  }

  async pass(ms: number, part: Part, screen?: string): Promise<void> {
    for (let passed = 0; passed < ms; passed += answerMs) {
      await this.#clock.advance(Math.min(answerMs, ms - passed));
      vi.setSystemTime(this.#clock.now());
      await this.#stay();
    }
    if (!this.#runs) return;
    this.spent[part] += ms;
    if (screen !== undefined) this.screens[screen] = (this.screens[screen] ?? 0) + ms;
  }

  /** Asked whether somebody is there, a person touches the screen, and goes on with what they did. */
  async #stay(): Promise<void> {
    if (this.#engine.shown().visit?.idle === undefined) return;
    this.warned += 1;
    this.#engine.touch("touch");
    await settled(() => this.#engine.shown().visit?.idle === undefined, 1_000);
  }
}

const nameOf = (screen: KioskState): string => {
  if (screen.at === "triage") return "triage emergency";
  if (screen.at === "consent") return "consent keep";
  if (screen.at === "owed") return `later ${screen.what}`;
  if (screen.at !== "prepare") return screen.at;
  const step = stepsOf[screen.check][screen.step];
  return `prepare ${step !== undefined && "id" in step ? step.id : (step?.kind ?? "")}`;
};

/** Real time for what takes real time: the disk, a message between threads. */
async function settled(holds: () => boolean, mostMs: number): Promise<boolean> {
  const until = performance.now() + mostMs;
  while (!holds()) {
    if (performance.now() > until) return false;
    await new Promise((wake) => setTimeout(wake, 1));
  }
  return true;
}

/**
 * One person, from the welcome screen until `goal` is reached; the visit is left then. A first result counts from being
 * identified, the protocol of a pressure from the beginning of its rest.
 */
export async function walk(place: Place, person: Person, goal: "first" | "pressure"): Promise<Walked> {
  const { engine } = place;
  const watch = new Watch(place);
  await settled(() => engine.shown().station !== undefined, 10_000);
  const check = goal === "first" ? person.quick : "bloodPressure";
  const card = cardOf(person.seed);
  // Who is known was measured on both arms when they first came, on another day with other numbers.
  if (person.arrival === "known" && goal === "pressure")
    await walk(place, { ...personOf(person.seed + 1_000), seed: person.seed, arrival: "newcomer" }, goal);
  else if (person.arrival === "known") await visitOnce(place, person, card);
  await arrive(place, watch, person, card);
  // Identifying ends with "it is me", or with wanting to be nobody.
  if (engine.shown().screen.at === "isItYou") await act(place, watch, person, check);
  if (goal === "first") watch.begin();
  for (let acts = 0; acts < 200; acts++) {
    const { screen, visit } = engine.shown();
    const result = visit?.results.find(({ of }) => of === check);
    if (screen.at === "result" && result?.next === "none") {
      const totalMs = Object.values(watch.spent).reduce((sum, ms) => sum + ms, 0);
      const { spent, screens, warned } = watch;
      const walked = {
        spent,
        totalMs,
        screens,
        warned,
        twoArms: visit?.arms === "both",
        readings: result.measurements.length,
      };
      await leave(place, watch);
      return walked;
    }
    await act(place, watch, person, check);
    // Seated: from here the five minutes count.
    const { screen: reached } = engine.shown();
    if (goal === "pressure" && reached.at === "prepare" && reached.check === "bloodPressure" && reached.step > 0)
      watch.begin();
  }
  throw new Error(`seed ${person.seed} got no further than ${engine.shown().screen.at}`);
}

/** Nothing more is to be asked of the person. */
function isAsked(engine: Engine): boolean {
  const { screen } = engine.shown();
  return screen.at === "checks" && screen.visit.owed.length === 0;
}

/** Who is known was here before. */
async function visitOnce(place: Place, person: Person, card: ReturnType<typeof cardOf>): Promise<void> {
  const watch = new Watch(place);
  await arrive(place, watch, { ...person, arrival: "newcomer" }, card);
  // Known is who was asked everything: a result is needed for that.
  for (let acts = 0; acts < 30 && !isAsked(place.engine); acts++) {
    if (place.engine.shown().screen.at === "result") place.engine.send({ kind: "home" });
    else await act(place, watch, person, place.nearest);
  }
  await settled(() => place.engine.shown().visit !== undefined, 10_000);
  await leave(place, watch);
}

async function arrive(place: Place, watch: Watch, person: Person, card: ReturnType<typeof cardOf>): Promise<void> {
  const { engine } = place;
  engine.greet();
  if (person.arrival === "guest") {
    engine.send({ kind: "start" }, { kind: "noCard" }, { kind: "guest" });
    return place.answered();
  }
  place.place("card", { values: { card: { name: card.name, number: card.number } } });
  engine.send({ kind: "start" });
  await until(place, watch, () => engine.shown().screen.at === "isItYou", "host", "the card is read");
}

/** The person takes the card along, and the host has seen it go before the next one comes. */
async function leave(place: Place, watch: Watch): Promise<void> {
  place.place("card", { fault: "noCard" });
  place.engine.send({ kind: "leave" });
  place.engine.cleared();
  await watch.pass(4_000, "person");
  await settled(() => false, 20);
}

async function until(place: Place, watch: Watch, holds: () => boolean, part: Part, what: string): Promise<void> {
  const tick = part === "cuff" ? tickMs.cuff : tickMs.other;
  for (let waited = 0; waited < 200_000; waited += tick) {
    if (await settled(holds, 3)) return;
    await watch.pass(tick, part);
  }
  if (!(await settled(holds, 2_000))) throw new Error(`never happened: ${what}`);
}

/** What a person does who does everything right, on the screen that is there. */
async function act(place: Place, watch: Watch, person: Person, check: QuickCheck | "bloodPressure"): Promise<void> {
  const { engine } = place;
  const { screen, visit } = engine.shown();
  const before = engine.shown().screen;
  if (screen.at === "measure") {
    const step = check === "body" ? place.place("body") : undefined;
    step?.press();
    const part = check === "bloodPressure" ? "cuff" : "device";
    return until(place, watch, () => engine.shown().screen !== before, part, `${check} is measured`);
  }
  const answered = "visit" in screen ? Object.keys(screen.visit.answers) : [];
  if (screen.at === "result") {
    // The number appears when it is on the disk.
    const result = visit?.results.find(({ of }) => of === check);
    if (result === undefined || result.measurements.every(({ id }) => id !== engine.shown().run?.id))
      return until(place, watch, () => engine.shown().visit !== visit, "host", "the result is kept");
    const over = () => Math.max(0, (Date.parse(result.notBefore ?? "") || 0) - place.clock.now());
    const pause = person.pauseOn(screen, answered);
    const waits = over();
    await watch.pass(Math.min(pause, waits), "betweenReadings");
    // Who says it only after the minute has waited longer than needed.
    await watch.pass(Math.max(0, pause - waits), "person", "between readings");
    engine.touch("touch");
    // The other arm is prepared within the minute.
    if (armAsked(visit)?.changes === true) return engine.measureAgain();
    engine.send({ kind: "ready" });
    await watch.pass(over(), "betweenReadings");
    place.place("bloodPressure", { speed: cuffSpeed, values: { result: { systolic: person.systolic() } } });
    return engine.measureAgain();
  }
  const isRest = screen.at === "prepare" && stepsOf[screen.check][screen.step]?.kind === "rest";
  if (isRest && screen.ready === true) {
    const rest = visit?.rest;
    if (rest === undefined)
      return until(place, watch, () => engine.shown().visit?.rest !== undefined, "host", "the rest begins");
    const left = Date.parse(rest.since) + rest.seconds * 1_000 - place.clock.now();
    await watch.pass(Math.max(0, left), "resting");
    place.place("bloodPressure", { speed: cuffSpeed, values: { result: { systolic: person.systolic() } } });
    // What the page does with the last second of the rest, because the person said so.
    engine.send({ kind: "next" }, { kind: "go" });
    return place.answered();
  }
  const minute = visit?.results.find(({ of }) => of === "bloodPressure")?.notBefore;
  if (screen.at === "prepare" && screen.check === "bloodPressure" && !isRest && minute !== undefined) {
    const left = Math.max(0, Date.parse(minute) - place.clock.now());
    const moves = person.pauseOn(screen, [...answered, otherArm]);
    await watch.pass(Math.min(moves, left), "betweenReadings");
    await watch.pass(Math.max(0, moves - left), "person", "the other arm");
    engine.touch("touch");
    engine.send({ kind: "ready" });
    await watch.pass(Math.max(0, left - moves), "betweenReadings");
    place.place("bloodPressure", { speed: cuffSpeed, values: { result: { systolic: person.systolic() } } });
    engine.send({ kind: "go" });
    return place.answered();
  }
  // What is done between sitting down and the cuff's start is within the rest.
  const seated = visit?.rest !== undefined && visit.results.every(({ of }) => of !== "bloodPressure");
  await watch.pass(person.pauseOn(screen, answered), seated ? "resting" : "person", nameOf(screen));
  engine.touch("touch");
  touchOn(place, person, screen, check, answered);
  // A touch is answered by the page itself, at once; the host keeps it meanwhile.
  await place.answered();
}

function touchOn(
  { engine, place }: Place,
  person: Person,
  screen: KioskState,
  check: QuickCheck | "bloodPressure",
  answered: readonly string[],
): void {
  switch (screen.at) {
    case "isItYou":
    case "consent":
      return engine.send({ kind: "yes" });
    case "owed":
      return engine.send(screen.what === "sign" ? { kind: "sign", sign: "fish" } : { kind: "no" });
    case "triage":
      return engine.send({ kind: "no" });
    case "checks":
      return engine.send({ kind: "pick", check });
    case "confirm":
      return engine.send({ kind: "same", same: true });
    case "prepare":
      break;
    default:
      throw new Error(
        `seed ${person.seed}: nothing is known to do at ${screen.at} ${"code" in screen ? screen.code : ""}`,
      );
  }
  // Offered by the station; this person came for something else.
  if (screen.check !== check && stepsOf[screen.check].length === 1) return engine.send({ kind: "home" });
  const step = stepsOf[screen.check][screen.step];
  const last = screen.step === stepsOf[screen.check].length - 1;
  if (last && check !== "body")
    place(
      check,
      check === "bloodPressure" ? { speed: cuffSpeed, values: { result: { systolic: person.systolic() } } } : {},
    );
  if (step?.kind === "ask") return engine.send({ kind: "yes" });
  if (step?.kind === "cuff") return engine.send({ kind: "answers", answers: { cuff: "standard" } });
  const asked = step?.kind === "rest" ? whileResting.find((id) => !answered.includes(id)) : undefined;
  if (asked !== undefined) return engine.send({ kind: "answers", answers: { [asked]: false } });
  return engine.send({ kind: step?.kind === "rest" ? "ready" : last ? "go" : "next" });
}
