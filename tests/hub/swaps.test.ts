import { afterEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { readMessage } from "../../hub/wire/envelope.ts";
import { World, type Side } from "./matrix/world.ts";
import { randomOf } from "./random.ts";
import { connectionOf, namesIn, recorded, type Session } from "./swaps/sessions.ts";

/**
 * Test 48 of the reliability list: the ids in everything that two residents' sides say to the hub are exchanged at random, and
 * nobody is answered with a byte of the other's. HEALTH_STATION_SWAPS makes them more: 1000000 is the whole of it.
 */
const swaps = Number(process.env.HEALTH_STATION_SWAPS ?? 4_000);
/** What was recorded is used up by being played: calls end, drafts are signed. */
const perRecording = 2_000;
/** Whether a thing is another's or nobody's must not be told by the time it takes, milliseconds at the half. */
const differMs = 2;

let world: World | undefined;
afterEach(() => world?.town.end());

interface Heard {
  readonly asked: string;
  readonly texts: readonly string[];
  readonly ms: number;
}

/** Sends one message as this party and answers everything that comes back of it. */
async function played(at: World, side: Side, role: Session["sent"][number]["role"], asked: string): Promise<Heard> {
  const texts: string[] = [];
  const message = readMessage(asked);
  if (!message) throw new Error(asked);
  const began = performance.now();
  let first = Infinity;
  const answers = connectionOf(at, at.party(role, side), (text) => {
    first = Math.min(first, performance.now() - began);
    texts.push(text);
  });
  // A feed answers once it stands, and then whenever something changes: what it begins with is what is looked at.
  const over = answers.hear(message);
  const turns = (async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((next) => setImmediate(next));
  })();
  await Promise.race([over, turns]);
  answers.close();
  return { asked, texts, ms: first };
}

const half = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

test(`${swaps} exchanged ids: no byte of another's, and no telling another's from nobody's by time`, async () => {
  const random = randomOf(48);
  const oneOf = <T>(all: readonly T[]): T => {
    const chosen = all[Math.floor(random() * all.length)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  };
  const foreign: string[] = [];
  const took = { others: new Map<string, number[]>(), nobodys: new Map<string, number[]>() };
  const operations = new Set<string>();
  let [done, refused] = [0, 0];
  while (done < swaps) {
    await world?.town.end();
    world = await World.open();
    const sessions = [await recorded(world, "in"), await recorded(world, "out")] as const;
    for (let nth = 0; nth < perRecording && done < swaps; nth += 1, done += 1) {
      const [mine, theirs] = random() < 0.5 ? sessions : ([sessions[1], sessions[0]] as const);
      const { operation, role, text } = oneOf(mine.sent);
      const known = new Set(mine.names);
      const places = [...new Set(namesIn(text))].filter((each) => known.has(each));
      if (places.length === 0) continue;
      // One of them always, the others now and then; every eighth time by what was never there.
      const isNobodys = random() < 0.125;
      const always = oneOf(places);
      const asked = places
        .filter((place) => place === always || random() < 0.5)
        .reduce((now, place) => now.replaceAll(place, isNobodys ? uuidv7() : oneOf(theirs.names)), text);
      const heard = await played(world, mine.side, role, asked);
      const others = new Set(theirs.names.filter((each) => !known.has(each)));
      const leaked = namesIn(heard.texts.join("\n")).filter((each) => others.has(each) && !asked.includes(each));
      if (leaked.length > 0)
        foreign.push(
          `${role} ${operation}: ${leaked.join(" ")} in ${heard.texts.join(" ").slice(0, 600)} to ${asked.slice(0, 900)}`,
        );
      operations.add(operation);
      if (heard.texts.every((one) => !/"s":4\d\d|"e":"error"/.test(one))) continue;
      refused += 1;
      const kept = isNobodys ? took.nobodys : took.others;
      kept.set(operation, [...(kept.get(operation) ?? []), heard.ms].slice(-200));
    }
  }
  const differences = [...took.others].flatMap(([operation, others]) => {
    const nobodys = took.nobodys.get(operation) ?? [];
    if (others.length < 15 || nobodys.length < 15) return [];
    return [{ operation, ms: Math.abs(half(others) - half(nobodys)) }];
  });
  process.stdout.write(
    `swaps: ${done} tried in ${operations.size} operations, ${refused} refused, ${foreign.length} with another's bytes; by time ${differences.length} operations compared, at most ${Math.max(0, ...differences.map(({ ms }) => ms)).toFixed(2)} ms\n`,
  );
  expect(foreign.slice(0, 5)).toEqual([]);
  expect(operations.size).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(done / 2);
  expect(differences.filter(({ ms }) => ms > differMs)).toEqual([]);
}, 7_200_000);
