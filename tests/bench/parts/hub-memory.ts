/**
 * What an idle line costs a far end: lines are opened by the thousand, and after each thousand the far end collects and says
 * what it holds. The cost of a line is the slope over those points (least squares), so that what a process costs before its
 * first line, and what its heap grew by once, is nobody's. The first points are left out: there the heap still grows for the
 * work of dialling. The same for everybody, each in a process of its own, loaded by the same lean client.
 */
import { call, openIo, startFar, stationHeaders, type Far } from "./hub-lines.ts";
import { openLean, type LeanLine } from "./lean-line.ts";

export interface LineCost {
  /** Kilobytes of the process for each line. */
  readonly residentKb: number;
  /** Kilobytes of its heap in use for each line. */
  readonly heapKb: number;
  /** Milliseconds of processor for each second in which all lines were idle. */
  readonly busyMs: number;
}
type Kind = "hub" | "io" | "ws";

const atOnce = 50;
const idleSeconds = 16;

/** As a station opens its line: proved who it is, with its inbox open. */
async function openStation(far: Far, nth: number): Promise<LeanLine> {
  const station = far.stations[nth];
  if (!station) throw new Error("too few stations");
  const line = await openLean(far.port, "/wire", await stationHeaders(station));
  line.send(call("inbox", "/journal/inbox", { after: 0 }));
  return line;
}
const opening: Readonly<Record<Kind, (far: Far, nth: number) => Promise<LeanLine>>> = {
  hub: openStation,
  io: ({ port }) => openIo(port),
  ws: ({ port }) => openLean(port, "/wire"),
};

const slope = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** `count`: lines, in `steps` steps. */
export async function costOfLines(kind: Kind, count: number, steps: number): Promise<LineCost> {
  const far = await startFar(kind, 0, kind === "hub" ? count : 0);
  const lines: LeanLine[] = [];
  const points: { readonly at: number; readonly resident: number; readonly heap: number }[] = [];
  for (let step = 1; step <= steps; step += 1) {
    while (lines.length < (count * step) / steps)
      lines.push(
        ...(await Promise.all(Array.from({ length: atOnce }, (_, nth) => opening[kind](far, lines.length + nth)))),
      );
    await pause(500);
    const { resident, heap } = await far.ask("memory");
    points.push({ at: lines.length, resident, heap });
  }
  const before = await far.ask("cost");
  await pause(idleSeconds * 1_000);
  const after = await far.ask("cost");
  for (const line of lines) line.end();
  await far.end();
  const judged = points.slice(Math.floor(steps / 4));
  return {
    residentKb: slope(judged.map(({ at, resident }) => [at, resident])) / 1_024,
    heapKb: slope(judged.map(({ at, heap }) => [at, heap])) / 1_024,
    busyMs: (after.busyMs - before.busyMs) / idleSeconds,
  };
}
