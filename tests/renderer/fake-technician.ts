import { implement, ORPCError } from "@orpc/server";
import { technicianContract } from "../../core/contract/technician.ts";
import type { TechnicianDevice, TechnicianView } from "../../core/contract/technician-devices.ts";
import { fakeOffers } from "./fake-offers.ts";
import type { LineEvent } from "../../core/contract/technician-line.ts";
import type { WorkLogLine } from "../../core/contract/technician-log.ts";
import type { Staff } from "../../core/contract/technician-staff.ts";
import type { FakeVoice } from "./fake-voice.ts";
import { feedOf, type Source } from "./feed-of.ts";
import {
  ago,
  baseDevice,
  fakeStaff,
  fakeTechnicianView,
  findings,
  hour,
  lines,
  profile,
  workCounted,
  workLines,
} from "./technician-specimens.ts";

/** The station's side of every page of the technician's place, over invented devices. */

const wait = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

export interface FakeTechnician {
  readonly view: Source<TechnicianView>;
  readonly staff: Staff[];
  /** Nobody is a technician here yet. */
  setUp: boolean;
  /** Ends every session, as the station does after ten minutes. */
  end(): void;
}

const fail = (code: string, more: object = {}) =>
  new ORPCError("FAULT", { status: 409, data: { code, ...more }, defined: true });

export function fakeTechnician(voice: FakeVoice) {
  const view = feedOf<TechnicianView>(structuredClone(fakeTechnicianView));
  const sessions = new Map<string, Staff>();
  let wrong = 0;
  const world: FakeTechnician = {
    view,
    staff: [...fakeStaff],
    setUp: false,
    end: () => sessions.clear(),
  };
  const os = implement(technicianContract);
  const open = (person: Staff) => {
    const session = crypto.randomUUID();
    sessions.set(session, person);
    return {
      session,
      staff: person.id,
      name: person.name,
      role: person.role,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
  };
  const held = (session: string): Staff => {
    const person = sessions.get(session);
    if (person === undefined) throw fail("staff.signedOut");
    return person;
  };
  const change = (id: string, to: Partial<TechnicianDevice>) => {
    if (view.value)
      view.set({ ...view.value, devices: view.value.devices.map((one) => (one.id === id ? { ...one, ...to } : one)) });
  };
  const line = feedOf<readonly LineEvent[]>(lines);
  let captures = [{ name: "fake-cuff-2026-11-20.jsonl", device: "cuff", at: ago(48 * hour), sizeBytes: 4_182 }];
  const remarks: WorkLogLine[] = [];
  const router = os.router({
    voice: {
      describe: os.voice.describe.handler(({ input }) => voice.describe(input.manifest)),
      keep: os.voice.keep.handler(({ input }) => voice.keep(input.pack, input.file)),
      choose: os.voice.choose.handler(({ input }) => voice.choose(input.page, input.pack)),
    },
    offers: fakeOffers(held),
    log: {
      day: os.log.day.handler(({ input }) => {
        held(input.session);
        const today = ago(0).slice(0, 10);
        const own = input.day ?? today;
        return { day: own, today, lines: own === today ? workLines() : [], remarks: [...remarks], counts: workCounted };
      }),
      paper: os.log.paper.handler(({ input }) => ({ name: `work-log-${input.day}.pdf`, pdf: "JVBERi0xLjMK" })),
      remark: os.log.remark.handler(({ input }) => {
        const person = held(input.session);
        const said = { text: input.text };
        remarks.push({ entry: input.id, at: ago(0), kind: "day.remarked", who: person.name, values: said });
        return {};
      }),
    },
    staff: {
      list: os.staff.list.handler(() => ({ staff: [...world.staff], setUp: world.setUp })),
      signIn: os.staff.signIn.handler(({ input }) => {
        const person = world.staff.find(({ id }) => id === input.operator);
        if (person === undefined || person.specimenPin !== input.pin) {
          wrong += 1;
          throw wrong < 3 ? fail("staff.wrongPin") : fail("staff.locked", { waitSeconds: 30 });
        }
        wrong = 0;
        return open(person);
      }),
      setUp: os.staff.setUp.handler(({ input }) => {
        if (input.code !== "setup-1") throw fail("staff.setupCode");
        world.setUp = false;
        const person: Staff = { id: input.id, name: input.name, role: "technician", specimen: false };
        world.staff.push(person);
        return open(person);
      }),
      signOut: os.staff.signOut.handler(({ input }) => {
        sessions.delete(input.session);
        return {};
      }),
      stay: os.staff.stay.handler(({ input }) => ({ ...open(held(input.session)), session: input.session })),
      add: os.staff.add.handler(({ input }) => {
        held(input.session);
        world.staff.push({ id: input.id, name: input.name, role: input.role, specimen: false });
        return {};
      }),
      changePin: os.staff.changePin.handler(() => ({})),
      retire: os.staff.retire.handler(({ input }) => {
        world.staff.splice(
          world.staff.findIndex(({ id }) => id === input.staff),
          1,
        );
        return {};
      }),
    },
    devices: {
      watch: os.devices.watch.handler(({ input, signal }) => {
        held(input.session);
        return view.follow(signal);
      }),
      assign: os.devices.assign.handler(({ input }) => {
        held(input.session);
        const found = view.value?.profiles.find(({ id }) => id === input.profile);
        if (view.value === undefined || found === undefined) throw fail("technician.noProfile");
        const device: TechnicianDevice = {
          ...baseDevice,
          id: input.port,
          ...(input.name === undefined ? {} : { name: input.name }),
          profile: found.id,
          maker: found.maker,
          model: found.model,
          measures: found.measures,
          taken: { by: "staff", name: "技术员（演示）", at: new Date().toISOString() },
          port: input.port,
          settings: input.settings,
          state: "ready",
          reasons: [],
        };
        view.set({
          ...view.value,
          devices: [...view.value.devices.filter(({ port }) => port !== input.port), device],
          freePorts: view.value.freePorts.filter(({ path }) => path !== input.port),
        });
        return { device: device.id };
      }),
      rename: os.devices.rename.handler(({ input }) => {
        change(input.device, { name: input.name });
        return {};
      }),
      forget: os.devices.forget.handler(({ input }) => {
        if (view.value)
          view.set({ ...view.value, devices: view.value.devices.filter(({ id }) => id !== input.device) });
        return {};
      }),
      withdraw: os.devices.withdraw.handler(({ input }) => {
        change(input.device, {
          withdrawn: true,
          state: "out",
          reasons: [
            {
              code: "technician.withdrawn",
              since: new Date().toISOString(),
              by: held(input.session).name,
              text: input.reason,
            },
          ],
        });
        return {};
      }),
      restore: os.devices.restore.handler(({ input }) => {
        change(input.device, { withdrawn: false, state: "ready", reasons: [] });
        return {};
      }),
      setClock: os.devices.setClock.handler(({ input }) => {
        change(input.device, { clockOffsetMs: 0 });
        return {};
      }),
      addProfile: os.devices.addProfile.handler(({ input }) => {
        held(input.session);
        try {
          const read = JSON.parse(input.text) as { id?: string; maker?: string; model?: string };
          const id = read.id ?? input.file;
          if (view.value)
            view.set({
              ...view.value,
              profiles: [
                ...view.value.profiles,
                { ...profile(id, read.maker ?? "Fake", read.model ?? id, ["glucose"]), from: "folder" },
              ],
            });
          return { kept: true, profile: id };
        } catch {
          return {
            kept: false,
            refused: {
              file: input.file,
              problems: [{ line: 3, reason: { zh: "这里不是JSON", en: "This is not JSON here" } }],
            },
          };
        }
      }),
    },
    doctor: {
      run: os.doctor.run.handler(async function* ({ input }) {
        held(input.session);
        for (const event of findings) {
          await wait(15);
          yield event;
        }
        const bad = findings.find((event) => event.kind === "finding" && event.finding.state === "bad");
        yield { kind: "verdict", state: "bad", ...(bad?.kind === "finding" ? { first: bad.finding } : {}) };
      }),
      report: os.doctor.report.handler(() => ({
        text: "program 0.1.0\nport /dev/ttyUSB1 9600 8N1\nspeed: bad 204 found 4800 8N1\nsilence: unknown\n",
      })),
    },
    line: {
      watch: os.line.watch.handler(async function* ({ signal }) {
        let told = 0;
        for await (const all of line.follow(signal)) {
          for (; told < all.length; told++) {
            const event = all[told];
            if (event) yield event;
          }
        }
      }),
      record: os.line.record.handler(({ input }) => {
        const name = "fake-cuff-now.jsonl";
        const [state] = lines;
        if (state?.kind === "state")
          line.set([
            ...(line.value ?? []),
            { ...state, recording: input.on ? "on" : "off", ...(input.on ? { capture: name } : {}) },
          ]);
        if (!input.on) captures = [...captures, { name, device: "cuff", at: new Date().toISOString(), sizeBytes: 812 }];
        return { name };
      }),
      captures: os.line.captures.handler(() => captures),
      capture: os.line.capture.handler(({ input }) => ({
        text: `{"capture":"${input.name}"}\n{"ms":12,"dir":"tx","hex":"aa5502010054"}\n{"ms":226,"dir":"rx","hex":"aa550602"}\n`,
      })),
    },
  });
  return { router, world, held };
}
