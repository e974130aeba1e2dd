import fc from "fast-check";
import { expect, test } from "vitest";
import { hearRestart, newGeneration, noGeneration, type Generation } from "../../../renderer/consult/generations.ts";

const now = 1_000;

test.each([
  {
    name: "the station follows the first number it hears",
    polite: true,
    own: noGeneration,
    heard: 7,
    effect: "follow",
    number: 7,
    agreed: true,
  },
  {
    name: "the desk hears its own number back",
    polite: false,
    own: { number: 7, agreed: false },
    heard: 7,
    effect: "none",
    number: 7,
    agreed: true,
  },
  {
    name: "the desk hears it once more: the station page is new",
    polite: false,
    own: { number: 7, agreed: true },
    heard: 7,
    effect: "announce",
    number: 1_000,
    agreed: false,
  },
  {
    name: "the station hears it once more",
    polite: true,
    own: { number: 7, agreed: true },
    heard: 7,
    effect: "none",
    number: 7,
    agreed: true,
  },
  {
    name: "the station has made a new connection",
    polite: false,
    own: { number: 7, agreed: true },
    heard: 9,
    effect: "follow",
    number: 9,
    agreed: true,
  },
  {
    name: "both announced at once: the desk's wish wins",
    polite: false,
    own: { number: 1_007, agreed: false },
    heard: 1_009,
    effect: "announce",
    number: 1_010,
    agreed: false,
  },
  {
    name: "the desk's clock is behind: the station says its number again",
    polite: true,
    own: { number: 9, agreed: true },
    heard: 7,
    effect: "repeat",
    number: 9,
    agreed: true,
  },
  {
    name: "an old number from the station's past",
    polite: false,
    own: { number: 9, agreed: false },
    heard: 7,
    effect: "none",
    number: 9,
    agreed: false,
  },
] as const)("$name", ({ polite, own, heard, effect, number, agreed }) => {
  expect(hearRestart(polite, own, heard, now)).toEqual({ generation: { number, agreed }, effect });
});

/** Two pages that only say numbers; everything said is kept, and a reloaded page hears it all again. */
class Page {
  generation: Generation = noGeneration;
  /** Which connection of ours is the present one, and which of theirs said the number we agreed on. */
  connection = 0;
  pairedWith: number | undefined;
  readonly said: { number: number; connection: number }[] = [];
  heard = 0;
  readonly polite: boolean;
  readonly clock: () => number;
  constructor(polite: boolean, clock: () => number) {
    this.polite = polite;
    this.clock = clock;
    this.open();
  }
  open(): void {
    this.generation = noGeneration;
    this.heard = 0;
    this.connection += 1;
    this.pairedWith = undefined;
    if (!this.polite) this.renew();
  }
  renew(): void {
    this.generation = newGeneration(this.generation, this.clock());
    this.connect();
  }
  hear(other: Page): boolean {
    const next = other.said[this.heard];
    if (!next) return false;
    this.heard += 1;
    const step = hearRestart(this.polite, this.generation, next.number, this.clock());
    this.generation = step.generation;
    if (step.effect === "follow" || step.effect === "announce") this.connect();
    if (step.effect === "repeat") this.say();
    if (this.generation.agreed && next.number === this.generation.number) this.pairedWith = next.connection;
    return true;
  }
  connect(): void {
    this.connection += 1;
    this.pairedWith = undefined;
    this.say();
  }
  say(): void {
    this.said.push({ number: this.generation.number, connection: this.connection });
  }
}

test("whatever is reloaded, replaced or late, both pages end in the same pair of connections", () => {
  const step = fc.constantFrom("deskHears", "stationHears", "deskReloads", "stationReloads", "stationRenews", "time");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: -50, max: 50 }), (steps, skew) => {
      let time = 1_000;
      const desk = new Page(false, () => time);
      const station = new Page(true, () => time + skew);
      for (const next of steps) {
        if (next === "deskHears") desk.hear(station);
        if (next === "stationHears") station.hear(desk);
        if (next === "deskReloads") desk.open();
        if (next === "stationReloads") station.open();
        if (next === "stationRenews") station.renew();
        if (next === "time") time += 10;
      }
      let turns = 0;
      while (desk.hear(station) || station.hear(desk)) turns += 1;
      expect(turns).toBeLessThan(500);
      expect(desk.generation).toEqual({ number: station.generation.number, agreed: true });
      expect(station.generation.agreed).toBe(true);
      expect([desk.pairedWith, station.pairedWith]).toEqual([station.connection, desk.connection]);
    }),
    { numRuns: 2_000 },
  );
});
