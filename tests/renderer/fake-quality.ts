import { implement } from "@orpc/server";
import {
  qualityContract,
  type ControlEvent,
  type DeviceQuality,
  type Proof,
  type QualityView,
} from "../../core/contract/quality.ts";
import type { Staff } from "../../core/contract/technician-staff.ts";
import type { ControlRecord } from "../../core/journal/quality-bodies.ts";
import { judgeCheck } from "../../core/quality/checks.ts";
import { judgePairs } from "../../core/quality/compare.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";
import { feedOf, type Source } from "./feed-of.ts";
import { day, at, date, id, ranges, lots, run, chart, fakeQualityView, checked } from "./fake-quality-data.ts";

/** Lots, controls, checks and the gate of an invented station, judged by the real rules. */

/** What stands behind any number of the invented station. */
export function fakeProof(measurement: string): Proof {
  return {
    measurement,
    of: "glucose",
    heardAt: at(0),
    device: {
      id: "meter",
      profile: "fake-meter",
      maker: "Fake",
      model: "Meter SN",
      serialNumber: "GM-88123",
      simulated: true,
      program: "0.1.0",
    },
    frames: { count: 3, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
    entry: { seq: 418, hash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" },
    gate: { state: "ready", conditions: ["certificateSoon"] },
    calibration: {
      id: id(2),
      device: "cuff",
      kind: "staticPressure",
      points: [...checked.points],
      reference: {
        name: "数字压力计",
        serial: "R-100",
        certificate: "LY-2026-88",
        validUntil: date(90 * day),
        errorLimit: 0.5,
      },
      verdict: "passed",
      flags: [],
      technician: { id: "018f0000-0000-7000-8000-0000000000f1", name: "技术员（演示）", role: "technician" },
      at: at(-40 * day),
      specimen: true,
    },
    certificate: {
      device: "cuff",
      number: "JD-2025-1107",
      issuer: "县计量所（演示）",
      issued: date(-344 * day),
      validUntil: date(21 * day),
      serialNumber: "BP-2031-0007",
      items: ["外观", "静态压力示值误差", "示值重复性"],
    },
    controls: [run(24, "L1", 4.95, "passed", true), run(25, "L2", 16.1, "passed", false)],
    lots: [...lots],
    specimen: true,
    recognition: { fit: false, lacks: ["simulated", "person"] },
  };
}

export interface FakeQuality {
  readonly view: Source<QualityView>;
  /** What the next controls give, in order; afterwards 5.0. */
  readonly controls: number[];
}

export function fakeQuality(held: (session: string) => Staff) {
  const view = feedOf<QualityView>(fakeQualityView());
  const world: FakeQuality = { view, controls: [] };
  const runs = new Map<string, Source<readonly ControlEvent[]>>();
  const os = implement(qualityContract);

  const change = (device: string, to: (old: DeviceQuality) => DeviceQuality) => {
    if (view.value)
      view.set({ ...view.value, devices: view.value.devices.map((one) => (one.device === device ? to(one) : one)) });
  };
  const judged = (runId: string, level: ControlLevel, value: number, byHand: boolean) => {
    const range = ranges[level];
    const ok = value >= range.low && value <= range.high;
    const record: ControlRecord = {
      ...run(29, level, value, ok ? "passed" : "failed", false),
      id: runId,
      byHand,
      at: at(0),
    };
    change("meter", (old) => ({
      ...old,
      gate: ok ? { state: "ready", since: at(0), conditions: [] } : { ...old.gate, state: "blocked" },
      controls: old.controls.map((one) =>
        one.level === level ? { ...one, state: record.verdict, at: record.at } : one,
      ),
    }));
    return { run: record, hint: ok ? ("done" as const) : ("repeatNewStrip" as const) };
  };

  const router = os.router({
    watch: os.watch.handler(({ input, signal }) => {
      held(input.session);
      return view.follow(signal);
    }),
    lots: {
      open: os.lots.open.handler(({ input }) => {
        change(input.lot.device, (old) => ({
          ...old,
          lots: [
            ...old.lots,
            {
              entry: input.id,
              lot: input.lot,
              openedBy: held(input.session).name,
              usableUntil: at(60 * day),
              usable: true,
            },
          ],
        }));
        return { entry: input.id };
      }),
      close: os.lots.close.handler(({ input }) => {
        change(input.device, (old) => ({ ...old, lots: old.lots.filter(({ lot }) => lot.lot !== input.lot) }));
        return { entry: input.id };
      }),
    },
    control: {
      start: os.control.start.handler(({ input }) => {
        const events = feedOf<readonly ControlEvent[]>([{ kind: "phase", phase: "waiting", latestMs: 60_000 }]);
        runs.set(input.id, events);
        setTimeout(() => {
          const done = judged(input.id, input.level, world.controls.shift() ?? (input.level === "L1" ? 5 : 16), false);
          events.set([...(events.value ?? []), { kind: "run", ...done }, { kind: "ended", how: "finished" }]);
        }, 150);
        return {};
      }),
      watch: os.control.watch.handler(async function* ({ input, signal }) {
        let told = 0;
        for await (const all of runs.get(input.id)?.follow(signal) ?? []) {
          for (; told < all.length; told++) {
            const event = all[told];
            if (event) yield event;
            if (event?.kind === "ended") return;
          }
        }
      }),
      stop: os.control.stop.handler(() => ({})),
      enter: os.control.enter.handler(({ input }) => judged(input.id, input.level, input.value, true)),
      chart: os.control.chart.handler(() => chart),
      review: os.control.review.handler(({ input }) => ({ entry: input.id })),
    },
    calibration: {
      record: os.calibration.record.handler(({ input }) => {
        const { verdict, points, flags } = judgeCheck(input.values, undefined);
        return { entry: input.id, verdict, points: [...points], flags: [...flags] };
      }),
    },
    verification: { record: os.verification.record.handler(({ input }) => ({ entry: input.id })) },
    comparison: {
      record: os.comparison.record.handler(({ input }) => {
        const { verdict, pairs } = judgePairs(input.pairs);
        return { entry: input.id, verdict, pairs: [...pairs] };
      }),
    },
    cleaning: {
      record: os.cleaning.record.handler(({ input }) => {
        change(input.device, (old) => ({
          ...old,
          due: old.due.map((one) => (one.what === "cleaning" ? { ...one, at: at(7 * day), lastAt: at(0) } : one)),
        }));
        return { entry: input.id };
      }),
    },
    training: { record: os.training.record.handler(({ input }) => ({ entry: input.id })) },
    override: {
      use: os.override.use.handler(({ input }) => {
        change(input.device, (old) => ({
          ...old,
          override: { ...old.override, used: old.override.used + 1, until: at(3_600_000) },
        }));
        return { entry: input.id, until: at(3_600_000), left: 1 };
      }),
    },
    release: os.release.handler(({ input }) => {
      change(input.device, (old) => ({ ...old, latched: [] }));
      return { entry: input.id };
    }),
    proof: os.proof.handler(({ input }) => fakeProof(input.measurement)),
    certificate: os.certificate.handler(() => ({ name: "certificate.pdf", pdf: btoa("%PDF-1.7") })),
  });
  return { router, world };
}
