import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { kioskContract, type ConsultView } from "../../core/contract/station.ts";
import type {
  Check,
  DeviceView,
  MeasureEvent,
  ResidentCard,
  Signal,
  StationView,
  VisitView,
} from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Measurement, Opinion } from "../../core/journal/entry.ts";
import { assessVisit } from "../../core/rules/assess-visit.ts";
import { openDoor } from "../../renderer/door.ts";
import { lineOverPort, stationClient, type StationDoor } from "../../renderer/station.ts";
import { fakeQuality, type FakeQuality } from "./fake-quality.ts";
import { fakeTechnician, type FakeTechnician } from "./fake-technician.ts";
import { feedOf, type Source } from "./feed-of.ts";

/** A station host in memory: the real contract over a real message port, the real rules, invented devices and people. */
export interface FakeStation {
  /** A new door to it. */
  door(): StationDoor;
  setStation(change: Partial<StationView>): void;
  /** Cuts the line; the door dials again by itself while `answers` is true. */
  cut(): void;
  answers: boolean;
  /** Cuts the line and lets nobody in any more, as if the key were wrong. */
  forbid(): void;
  setCall(change: Partial<ConsultView>): void;
  giveOpinion(text: string, next: Opinion["next"]): void;
  /** One more event of the measurement begun last, as if its device had given it. */
  say(event: MeasureEvent): void;
  /** Calls that came in, `visit.open` and so on, oldest first. */
  readonly heard: readonly string[];
  readonly signals: Source<Signal>;
  readonly technician: FakeTechnician;
  readonly quality: FakeQuality;
}

export interface FakeOptions {
  /** Milliseconds between two events of a measurement. */
  readonly paceMs?: number;
  readonly restSeconds?: number;
  /** Pressures in the order measured. */
  readonly pressures?: readonly (readonly [number, number, number])[];
  readonly glucose?: number;
  readonly glucoseComparator?: "<" | ">";
  readonly lipids?: readonly Measurement["readings"][number][];
  readonly doubts?: Measurement["doubts"];
  readonly confirms?: readonly Check[];
  /** The check fails with this code. */
  readonly fails?: Partial<Readonly<Record<Check, FaultCode>>>;
  readonly openFails?: "store.full";
  readonly callFails?: "consult.hubAway";
  /** A measurement stays in its last phase until stopped. */
  readonly holds?: boolean;
}

const residents: readonly ResidentCard[] = [
  { id: "018f0000-0000-7000-8000-0000000000a1", shownName: "王*英", birthYear: 1944, sex: "female", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a2", shownName: "李*国", birthYear: 1951, sex: "male", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a3", shownName: "赵*兰", birthYear: 1958, sex: "female", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a4", shownName: "陈*山", birthYear: 1963, sex: "male", specimen: true },
];

const device = (id: string, measures: Check, actuates: boolean): DeviceView => ({
  id,
  profile: id,
  maker: "Fake",
  model: id,
  measures: [measures],
  port: `/fake/${id}`,
  simulated: true,
  state: "ready",
  confirm: "none",
  actuates,
});

const wholePanel: readonly Measurement["readings"][number][] = [
  { quantity: "cholesterol.total", value: 5.46, unit: "mmol/L" },
  { quantity: "cholesterol.hdl", value: 1.32, unit: "mmol/L" },
  { quantity: "triglyceride", value: 1.88, unit: "mmol/L" },
  { quantity: "cholesterol.ldlCalculated", value: 3.28, unit: "mmol/L" },
  { quantity: "cholesterol.ratio", value: 4.1, unit: "1" },
];

const clinician = { id: "doctor", name: "林" };

export function fakeStation(options: FakeOptions = {}): FakeStation {
  const { paceMs = 20, restSeconds = 60, pressures = [[128, 73, 72]], glucose = 5.6 } = options;
  const heard: string[] = [];
  const station = feedOf<StationView>({
    station: { id: "station-1", name: "石桥村健康小站", place: "石桥村委会一楼", keeper: "周秀芬" },
    simulated: true,
    program: "0.1.0",
    hub: "up",
    unsent: 0,
    proof: "whole",
    clock: { state: "unknown" },
    storage: "ok",
    devices: [
      device("cuff", "bloodPressure", true),
      device("meter", "glucose", false),
      device("panel", "lipids", false),
    ],
    residents: [...residents],
  });
  let visit: Source<VisitView> | undefined;
  let taken: Measurement[] = [];
  let call: Source<ConsultView> | undefined;
  const runs = new Map<string, Source<readonly MeasureEvent[]>>();
  let current: Source<readonly MeasureEvent[]> | undefined;
  const answersTo = new Map<string, (same: boolean) => void>();
  const signals = feedOf<Signal>();
  let forbidden = false;

  const reading = (of: Check): Measurement["readings"] => {
    if (of === "glucose")
      return [
        {
          quantity: "glucose",
          value: glucose,
          unit: "mmol/L",
          ...(options.glucoseComparator ? { comparator: options.glucoseComparator } : {}),
        },
      ];
    if (of === "lipids") return [...(options.lipids ?? wholePanel)];
    const count = taken.filter((one) => one.of === "bloodPressure").length;
    const [upper, lower, pulse] = pressures[Math.min(count, pressures.length - 1)] ?? [128, 73, 72];
    return [
      { quantity: "bp.systolic", value: upper, unit: "mm[Hg]" },
      { quantity: "bp.diastolic", value: lower, unit: "mm[Hg]" },
      { quantity: "pulse.rate", value: pulse, unit: "/min" },
    ];
  };

  const judge = (): Partial<VisitView> => {
    const { kinds, overall } = assessVisit(taken, { age: 70 });
    const last = Date.parse(taken.at(-1)?.times.heardAt ?? "");
    return {
      results: kinds.map((kind) => ({
        of: kind.of,
        measurements: taken.filter(({ of }) => of === kind.of),
        assessments: [...kind.assessments],
        next: kind.next,
        ...(kind.waitSeconds > 0
          ? { notBefore: new Date(last + Math.min(kind.waitSeconds, restSeconds) * 1000).toISOString() }
          : {}),
      })),
      ...(overall ? { overall } : {}),
    };
  };

  async function run(id: string, of: Check, context: Measurement["context"]): Promise<void> {
    const events = runs.get(id);
    if (events === undefined) return;
    const over = () => events.value?.some(({ kind }) => kind === "ended") ?? true;
    const say = async (event: MeasureEvent) => {
      await new Promise((wake) => setTimeout(wake, paceMs));
      if (!over()) events.set([...(events.value ?? []), event]);
    };
    await say({ kind: "phase", phase: "contacting", latestMs: 10_000 });
    const code = options.fails?.[of];
    if (code !== undefined) {
      await say({ kind: "fault", code });
      return say({ kind: "ended", how: "failed", code });
    }
    await say({
      kind: "phase",
      phase: of === "bloodPressure" ? "measuring" : "waiting",
      latestMs: of === "bloodPressure" ? 90_000 : 180_000,
    });
    if (of === "bloodPressure") {
      for (const pressure of [20, 60, 110, 150, 168, 140, 117])
        await say({ kind: "progress", readings: [{ quantity: "bp.cuff", value: pressure, unit: "mm[Hg]" }] });
    }
    if (options.holds) return;
    const measurement: Measurement = {
      id,
      visit: visit?.value?.id ?? "",
      of,
      readings: reading(of),
      doubts: options.doubts ?? [],
      provenance: {
        device: "fake",
        profile: "fake",
        profileVersion: "1",
        program: "0.1.0",
        simulated: true,
        port: "/fake",
        rawHex: [],
      },
      times: { heardAt: new Date().toISOString() },
      context,
    };
    if (options.confirms?.includes(of)) {
      const same = new Promise<boolean>((answer) => answersTo.set(id, answer));
      await say({ kind: "confirm", measurement });
      if (!(await same)) {
        await say({ kind: "refused", reason: "gate.notConfirmed" });
        return say({ kind: "ended", how: "failed", code: "gate.notConfirmed" });
      }
    }
    if (over()) return;
    taken.push(measurement);
    if (visit?.value) visit.set({ ...visit.value, ...judge() });
    await say({ kind: "accepted", measurement });
    return say({ kind: "ended", how: "finished" });
  }

  const technician = fakeTechnician();
  const quality = fakeQuality(technician.held);
  const os = implement(kioskContract);
  const note = (path: readonly string[]) => heard.push(path.join("."));
  const noted = os.use(({ next, path }) => {
    note(path);
    return next();
  });
  const router = noted.router({
    station: { watch: noted.station.watch.handler(({ signal }) => station.follow(signal)) },
    visit: {
      open: noted.visit.open.handler(({ input, errors }) => {
        if (options.openFails) throw errors.FAULT({ data: { code: options.openFails } });
        taken = [];
        const resident = residents.find(({ id }) => id === input.resident);
        const opened: VisitView = {
          id: input.id,
          kind: resident ? "resident" : "guest",
          ...(resident ? { resident } : {}),
          openedAt: new Date().toISOString(),
          closed: false,
          results: [],
          refusals: [],
          opinions: [],
        };
        visit = feedOf(opened);
        return opened;
      }),
      watch: noted.visit.watch.handler(({ input, errors, signal }) => {
        if (visit?.value?.id !== input.visit) throw errors.FAULT({ data: { code: "visit.closed" } });
        return visit.follow(signal);
      }),
      leave: noted.visit.leave.handler(() => {
        visit = undefined;
        return {};
      }),
    },
    measure: {
      start: noted.measure.start.handler(({ input }) => {
        current = feedOf<readonly MeasureEvent[]>([]);
        runs.set(input.id, current);
        void run(input.id, input.of, input.context);
        return { device: "fake" };
      }),
      watch: noted.measure.watch.handler(async function* ({ input, signal }) {
        let told = 0;
        const events = runs.get(input.id);
        if (events === undefined) return;
        for await (const all of events.follow(signal)) {
          for (; told < all.length; told++) {
            const event = all[told];
            if (event) yield event;
            if (event?.kind === "ended") return;
          }
        }
      }),
      stop: noted.measure.stop.handler(({ input }) => {
        const events = runs.get(input.id);
        events?.set([...(events.value ?? []), { kind: "ended", how: "stopped" }]);
        return {};
      }),
      confirm: noted.measure.confirm.handler(({ input }) => {
        answersTo.get(input.id)?.(input.same);
        return {};
      }),
    },
    consult: {
      request: noted.consult.request.handler(({ input, errors }) => {
        if (options.callFails) throw errors.FAULT({ data: { code: options.callFails } });
        call = feedOf<ConsultView>({ call: input.call, state: "waiting", ahead: 2, lineDown: false, iceServers: [] });
        return {};
      }),
      cancel: noted.consult.cancel.handler(() => {
        call = undefined;
        return {};
      }),
      watch: noted.consult.watch.handler(({ errors, signal }) => {
        if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
        return call.follow(signal);
      }),
      signal: noted.consult.signal.handler(() => ({})),
      signals: noted.consult.signals.handler(({ signal }) => signals.follow(signal)),
      mediaUp: noted.consult.mediaUp.handler(() => ({})),
    },
  });

  const handler = new RPCHandler({ ...router, technician: technician.router, quality: quality.router });
  const cuts = new Set<() => void>();
  const fake: FakeStation = {
    answers: true,
    door: () =>
      openDoor(
        ({ opened, lost }) => {
          if (forbidden || !fake.answers) {
            lost(forbidden ? "forbidden" : "gone");
            return { retry: true, close: () => undefined };
          }
          const { port1, port2 } = new MessageChannel();
          handler.upgrade(port2);
          port1.start();
          port2.start();
          const close = () => {
            port1.close();
            port2.close();
            cuts.delete(cut);
          };
          const cut = () => {
            close();
            lost("gone");
          };
          cuts.add(cut);
          queueMicrotask(() => opened(lineOverPort(port1)));
          return { retry: true, close };
        },
        stationClient,
        {
          after: (ms, wake) => {
            const timer = setTimeout(wake, ms);
            return () => clearTimeout(timer);
          },
        },
      ),
    setStation: (change) => station.value && station.set({ ...station.value, ...change }),
    cut: () => {
      for (const cut of [...cuts]) cut();
    },
    forbid: () => {
      forbidden = true;
      fake.cut();
    },
    setCall: (change) => call?.value && call.set({ ...call.value, ...change }),
    giveOpinion: (text, next) => {
      if (!visit?.value) return;
      const opinion: Opinion = {
        id: crypto.randomUUID(),
        call: call?.value?.call ?? crypto.randomUUID(),
        visit: visit.value.id,
        station: "station-1",
        clinician,
        text,
        next,
        writtenAt: new Date().toISOString(),
      };
      visit.set({ ...visit.value, opinions: [...visit.value.opinions, opinion] });
    },
    say: (event) => current?.set([...(current.value ?? []), event]),
    heard,
    signals,
    technician: technician.world,
    quality: quality.world,
  };
  return fake;
}

export const fakeClinician = clinician;
