import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { kioskContract } from "../../core/contract/station.ts";
import type { Check, MeasureEvent, StationView, VisitView } from "../../core/contract/views.ts";
import type { IdentifyEvent, LinksView } from "../../core/contract/visit-parts.ts";
import type { Measurement, Opinion } from "../../core/journal/entry.ts";
import { assessVisit } from "../../core/rules/assess-visit.ts";
import { openDoor } from "../../renderer/door.ts";
import { lineOverPort, stationClient } from "../../renderer/station.ts";
import { devices, simple, wholePanel } from "./fake-devices.ts";
import { fakeCall } from "./fake-call.ts";
import { fakeDoctor } from "./fake-doctor.ts";
import { fakeServices, takesOf } from "./fake-services.ts";
import { fakeQuality } from "./fake-quality.ts";
import { fakeTechnician } from "./fake-technician.ts";
import { fakeVoice } from "./fake-voice.ts";
import { alarmOf, consentsOf, fakePhone, foundOf, openedView, readyEvent, residents } from "./fake-visit.ts";
import type { FakeOptions, FakeStation } from "./fake-world.ts";
import { feedOf, type Source } from "./feed-of.ts";

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
    ...(options.dutyPhone === undefined ? {} : { dutyPhone: options.dutyPhone }),
    devices: [...devices],
    residents: [...residents],
    printer: "ready",
  });
  const cards = feedOf<IdentifyEvent>(readyEvent);
  const given: { readonly call: string; readonly input: unknown }[] = [];
  let visit: Source<VisitView> | undefined;
  let taken: Measurement[] = [];
  const runs = new Map<string, Source<readonly MeasureEvent[]>>();
  let current: Source<readonly MeasureEvent[]> | undefined;
  const answersTo = new Map<string, (same: boolean) => void>();
  const calling = fakeCall(options);
  let forbidden = false;
  let links: LinksView["links"] = (["card", "phone"] as const).map((way) => ({
    id: crypto.randomUUID(),
    way,
    at: "2026-05-01T08:00:00.000Z",
  }));

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
    if (of !== "bloodPressure") return [...(simple[of] ?? [])];
    const count = taken.filter((one) => one.of === "bloodPressure").length;
    const [upper, lower, pulse] = pressures[Math.min(count, pressures.length - 1)] ?? [128, 73, 72];
    return [
      { quantity: "bp.systolic", value: upper, unit: "mm[Hg]" },
      { quantity: "bp.diastolic", value: lower, unit: "mm[Hg]" },
      { quantity: "pulse.rate", value: pulse, unit: "/min" },
    ];
  };

  const judge = (): Partial<VisitView> => {
    const arms = visit?.value?.answers.arm ?? visit?.value?.arms;
    const { kinds, overall } = assessVisit(taken, { age: 70, ...(arms === undefined ? {} : { arms }) });
    const last = Date.parse(taken.at(-1)?.times.heardAt ?? "");
    return {
      results: kinds.map((kind) => ({
        of: kind.of,
        measurements: taken.filter(({ of }) => of === kind.of),
        assessments: [...kind.assessments],
        next: kind.next,
        ...(kind.pressure?.step.kind === "take" && kind.pressure.step.arm !== undefined
          ? { arm: kind.pressure.step.arm }
          : {}),
        ...(kind.waitSeconds > 0
          ? { notBefore: new Date(last + Math.min(kind.waitSeconds, restSeconds) * 1000).toISOString() }
          : {}),
      })),
      ...(overall ? { overall } : {}),
    };
  };

  function measurementOf(
    id: string,
    of: Check,
    readings: Measurement["readings"],
    context: Measurement["context"],
  ): Measurement {
    return {
      id,
      visit: visit?.value?.id ?? "",
      of,
      readings,
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
  }

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
    const measurement = measurementOf(id, of, reading(of), context);
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

  const voice = fakeVoice();
  const technician = fakeTechnician(voice);
  const quality = fakeQuality(technician.held);
  const os = implement(kioskContract);
  const note = (path: readonly string[]) => heard.push(path.join("."));
  const noted = os.use(({ next, path }, input) => {
    note(path);
    given.push({ call: path.join("."), input });
    return next();
  });
  const change = (part: Partial<VisitView>) => {
    if (visit?.value) visit.set({ ...visit.value, ...part });
    return {};
  };
  const router = noted.router({
    station: { watch: noted.station.watch.handler(({ signal }) => station.follow(signal)) },
    voice: { watch: noted.voice.watch.handler(({ signal }) => voice.source.follow(signal)) },
    identify: {
      listen: noted.identify.listen.handler(({ signal }) => cards.follow(signal)),
      phone: noted.identify.phone.handler(({ input, errors }) => {
        if (input.phone !== fakePhone.phone || input.second !== fakePhone.second)
          throw errors.FAULT({ data: { code: "identify.notFound" } });
        return foundOf({ way: "phone", ...options.found });
      }),
    },
    familyDoctor: fakeDoctor(options.doctor ?? {}),
    visit: {
      open: noted.visit.open.handler(({ input: { id, who }, errors }) => {
        if (options.openFails) throw errors.FAULT({ data: { code: options.openFails } });
        taken = [];
        const named = who.kind === "found" && who.consents.keep !== false ? residents[0] : undefined;
        const resident = who.kind === "specimen" ? residents.find((one) => one.id === who.resident) : named;
        const said = who.kind === "found" ? who.consents : who.kind === "specimen" ? { keep: true, send: true } : {};
        const opened: VisitView = {
          ...openedView(id, resident),
          consents: consentsOf(said),
          ...takesOf(resident === undefined ? undefined : options.services),
          ...options.resumes,
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
      touch: noted.visit.touch.handler(() => change({ idle: undefined })),
      cleared: noted.visit.cleared.handler(() => ({})),
      consent: noted.visit.consent.handler(({ input: { scope, given: yes } }) => {
        const others = (visit?.value?.consents ?? []).filter((one) => one.scope !== scope);
        return change({ consents: [...others, ...consentsOf({ [scope]: yes })] });
      }),
      answer: noted.visit.answer.handler(({ input }) => {
        change({ answers: { ...visit?.value?.answers, ...input.answers } });
        return taken.length === 0 ? {} : change(judge());
      }),
      sign: noted.visit.sign.handler(({ input: { sign } }) => change({ sign })),
      seat: noted.visit.seat.handler(() =>
        change({ rest: { since: new Date().toISOString(), seconds: options.seatSeconds ?? 300 } }),
      ),
      helper: noted.visit.helper.handler(({ input }) => change({ helper: input.helper })),
      enter: noted.visit.enter.handler(({ input, errors }) => {
        if (options.enterFails) throw errors.FAULT({ data: { code: options.enterFails } });
        taken.push(measurementOf(input.id, input.of, input.readings, {}));
        return change(judge());
      }),
      alarm: noted.visit.alarm.handler(({ input }) =>
        change({ alarm: alarmOf(input.id, input.reason, input.symptoms) }),
      ),
      alarmAnswered: noted.visit.alarmAnswered.handler(() => {
        const alarm = visit?.value?.alarm;
        return change(alarm === undefined ? {} : { alarm: { ...alarm, state: "answered" } });
      }),
      trend: noted.visit.trend.handler(() => [...(options.trend ?? [])]),
      grant: noted.visit.grant.handler(({ input: { why } }) => ({ id: residents[0]?.id ?? "", why, shownName: "" })),
      endGrant: noted.visit.endGrant.handler(() => ({})),
      linkPhone: noted.visit.linkPhone.handler(({ errors }) => {
        if (options.linkFails) throw errors.FAULT({ data: { code: options.linkFails } });
        return {};
      }),
      // A code comes when the test says so, and until then nobody shows one.
      linkCode: noted.visit.linkCode.handler(
        ({ signal }) => new Promise((done) => signal?.addEventListener("abort", () => done({}))),
      ),
      keepUnder: noted.visit.keepUnder.handler(({ errors }) => {
        if (options.linkFails) throw errors.FAULT({ data: { code: options.linkFails } });
        return {};
      }),
      links: noted.visit.links.handler(() => ({ links: [...links], byCard: true })),
      unlink: noted.visit.unlink.handler(({ input: { link } }) => {
        links = links.filter(({ id }) => id !== link);
        return {};
      }),
      family: noted.visit.family.handler(() => ({ granted: [], mayLookAt: [], looks: [] })),
      ...fakeServices(options.services ?? {}),
      nextStep: noted.visit.nextStep.handler(({ input }) => {
        const owner = options.owner ?? "周秀芬";
        change({ nextStep: { step: input.id, action: "ROUTINE", choice: input.choice, owner } });
        return { owner };
      }),
      print: noted.visit.print.handler(({ input: { drawn }, errors }) => {
        if (options.printFails) throw errors.FAULT({ data: { code: options.printFails } });
        if (options.printDraws && drawn === undefined) return { draw: { columns: 32, lines: [options.printDraws] } };
        return {};
      }),
      code: noted.visit.code.handler(() => ({ text: "HS1:BP128/73;GLU5.6", how: "summary" as const })),
      told: noted.visit.told.handler(({ input: { of } }) => {
        const { arrived = [], messages = [] } = visit?.value ?? {};
        return change({
          arrived: arrived.filter(({ id }) => id !== of),
          messages: messages.filter(({ id }) => id !== of),
        });
      }),
      rate: noted.visit.rate.handler(() => ({})),
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
    consult: calling.handlers,
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
    setRoom: calling.setRoom,
    leaveNote: calling.leaveNote,
    setCall: calling.setCall,
    giveOpinion: (text, next) => {
      if (!visit?.value) return;
      const opinion: Opinion = {
        id: crypto.randomUUID(),
        call: calling.id ?? crypto.randomUUID(),
        visit: visit.value.id,
        station: "station-1",
        clinician,
        text,
        next,
        writtenAt: new Date().toISOString(),
      };
      visit.set({ ...visit.value, opinions: [...visit.value.opinions, opinion] });
    },
    lay: (event) => cards.set(event),
    changeVisit: (part) => void change(part),
    closeVisit: () => void change({ closed: true }),
    inputs: (call) => given.filter((one) => one.call === call).map(({ input }) => input),
    forget() {
      heard.length = 0;
      given.length = 0;
      for (const [id, run] of runs) if (run !== current) runs.delete(id);
    },
    say: (event) => current?.set([...(current.value ?? []), event]),
    heard,
    signals: calling.signals,
    technician: technician.world,
    quality: quality.world,
  };
  return fake;
}

export const fakeClinician = clinician;
