import { implement } from "@orpc/server";
import { technicianContract } from "../../core/contract/technician.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Answer } from "../visits/visits.ts";
import type { TechnicianPlace } from "./place.ts";

const os = implement(technicianContract);

interface Throws<C extends FaultCode> {
  readonly FAULT: (options: { readonly data: { readonly code: C } }) => Error;
}

/** The value, or the declared fault thrown. */
function valueOf<T, C extends FaultCode>(answer: Answer<T, C>, errors: Throws<C>): T {
  if (answer.ok) return answer.value;
  throw errors.FAULT({ data: { code: answer.code } });
}

const both = (one: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other === undefined ? one : AbortSignal.any([one, other]);

/** `technicianContract`, answered. Who may is asked first, on every call. */
export function technicianRouter(place: TechnicianPlace) {
  const { staff, devices, live, captures, log, voice, offers } = place;
  return os.router({
    staff: {
      list: os.staff.list.handler(() => ({ staff: [...staff.list()], setUp: staff.setUp })),
      signIn: os.staff.signIn.handler(async ({ input, errors }) => {
        const { waitSeconds, ...answer } = await staff.signIn(input.operator, input.pin);
        if (answer.ok) return answer.value;
        throw errors.FAULT({ data: { code: answer.code, ...(waitSeconds === undefined ? {} : { waitSeconds }) } });
      }),
      setUp: os.staff.setUp.handler(async ({ input: { id, code, name, pin }, errors }) => {
        const { waitSeconds, ...answer } = await staff.begun(id, code, name, pin);
        if (answer.ok) return answer.value;
        throw errors.FAULT({ data: { code: answer.code, ...(waitSeconds === undefined ? {} : { waitSeconds }) } });
      }),
      signOut: os.staff.signOut.handler(({ input }) => {
        staff.signOut(input.session);
        return {};
      }),
      stay: os.staff.stay.handler(({ input, errors }) => {
        const session = staff.stay(input.session);
        if (session === undefined) throw errors.FAULT({ data: { code: "staff.signedOut" } });
        return session;
      }),
      add: os.staff.add.handler(async ({ input: { session, ...added }, errors }) => {
        const person = valueOf(staff.may(session, "staff.add"), errors);
        valueOf(await staff.add(person, added), errors);
        return {};
      }),
      changePin: os.staff.changePin.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "staff.changePin"), errors);
        valueOf(await staff.changePin(input.id, person, input.staff, input.old, input.pin), errors);
        return {};
      }),
      retire: os.staff.retire.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "staff.retire"), errors);
        valueOf(await staff.retire(input.id, person, input.staff), errors);
        return {};
      }),
    },
    devices: {
      watch: os.devices.watch.handler(({ input, errors, signal }) => {
        const person = valueOf(staff.may(input.session, "devices.watch"), errors);
        staff.noted(person, "devices.watch");
        return place.watch(both(person.signal, signal));
      }),
      assign: os.devices.assign.handler(async ({ input: { session, ...asked }, errors }) => {
        const person = valueOf(staff.may(session, "devices.assign"), errors);
        return valueOf(await devices.assign(person, asked), errors);
      }),
      rename: os.devices.rename.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.rename"), errors);
        valueOf(await devices.rename(person, input.id, input.device, input.name), errors);
        return {};
      }),
      forget: os.devices.forget.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.forget"), errors);
        valueOf(await devices.forget(person, input.id, input.device), errors);
        return {};
      }),
      withdraw: os.devices.withdraw.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.withdraw"), errors);
        valueOf(await devices.withdraw(person, input.id, input.device, input.reason), errors);
        return {};
      }),
      restore: os.devices.restore.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.restore"), errors);
        valueOf(await devices.restore(person, input.id, input.device), errors);
        return {};
      }),
      setClock: os.devices.setClock.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.setClock"), errors);
        valueOf(await devices.setClock(person, input.id, input.device), errors);
        return {};
      }),
      addProfile: os.devices.addProfile.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "devices.addProfile"), errors);
        return valueOf(await devices.addProfile(person, input.id, input.file, input.text), errors);
      }),
    },
    doctor: {
      run: os.doctor.run.handler(({ input, errors, signal }) => {
        const person = valueOf(staff.may(input.session, "doctor.run"), errors);
        const story = place.examine(input.device);
        if (story === undefined) throw errors.FAULT({ data: { code: "technician.noDevice" } });
        staff.noted(person, "doctor.run", input.device);
        return story.read(both(person.signal, signal));
      }),
      report: os.doctor.report.handler(({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "doctor.report"), errors);
        const text = place.report(input.device);
        if (text === undefined) throw errors.FAULT({ data: { code: "technician.noDevice" } });
        staff.noted(person, "doctor.report", input.device);
        return { text };
      }),
    },
    line: {
      watch: os.line.watch.handler(({ input, errors, signal }) => {
        const person = valueOf(staff.may(input.session, "line.watch"), errors);
        const device = devices.find(input.device);
        if (device === undefined) throw errors.FAULT({ data: { code: "technician.noDevice" } });
        staff.noted(person, "line.watch", input.device);
        return live.watch(device, both(person.signal, signal));
      }),
      record: os.line.record.handler(async ({ input: { id, session, device: asked, on }, errors }) => {
        const person = valueOf(staff.may(session, "line.record"), errors);
        const device = devices.find(asked);
        if (device === undefined) throw errors.FAULT({ data: { code: "technician.noDevice" } });
        // The end is an entry of its own, with the file.
        if (on) staff.noted(person, "line.record", asked);
        return valueOf(on ? await live.start(device, person) : await live.stop(device, id), errors);
      }),
      captures: os.line.captures.handler(async ({ input, errors }) => {
        valueOf(staff.may(input.session, "line.captures"), errors);
        return [...(await captures.list())];
      }),
      capture: os.line.capture.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "line.capture"), errors);
        const text = await captures.read(input.name);
        if (text === undefined) throw errors.FAULT({ data: { code: "technician.noCapture" } });
        staff.noted(person, "line.capture", input.name);
        return { text };
      }),
    },
    voice: {
      describe: os.voice.describe.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "voice.describe"), errors);
        valueOf(await voice.describe(input.manifest), errors);
        staff.noted(person, "voice.describe", input.manifest.id);
        return {};
      }),
      keep: os.voice.keep.handler(async ({ input: { session, pack, file, base64 }, errors }) => {
        const person = valueOf(staff.may(session, "voice.keep"), errors);
        valueOf(await voice.keep(pack, file, Buffer.from(base64, "base64")), errors);
        staff.noted(person, "voice.keep", `${pack}/${file}`);
        return {};
      }),
      choose: os.voice.choose.handler(async ({ input: { session, page, pack }, errors }) => {
        const person = valueOf(staff.may(session, "voice.choose"), errors);
        valueOf(await voice.choose(page, pack), errors);
        staff.noted(person, "voice.choose", pack);
        return {};
      }),
    },
    offers: {
      look: os.offers.look.handler(async ({ input, errors }) => {
        valueOf(staff.may(input.session, "offers.look"), errors);
        return offers.look();
      }),
      keep: os.offers.keep.handler(async ({ input: { session, ...asked }, errors }) => {
        const person = valueOf(staff.may(session, "offers.keep"), errors);
        return valueOf(await offers.keep(person, asked), errors);
      }),
      remove: os.offers.remove.handler(async ({ input: { id, session, kind, item }, errors }) => {
        const person = valueOf(staff.may(session, "offers.remove"), errors);
        return valueOf(await offers.remove(person, id, kind, item), errors);
      }),
      setAside: os.offers.setAside.handler(async ({ input: { id, session, file }, errors }) => {
        const person = valueOf(staff.may(session, "offers.setAside"), errors);
        return valueOf(await offers.setAside(person, id, file), errors);
      }),
    },
    log: {
      day: os.log.day.handler(async ({ input, errors }) => {
        valueOf(staff.may(input.session, "log.day"), errors);
        return valueOf(await log.day(input.day), errors);
      }),
      paper: os.log.paper.handler(async ({ input, errors }) => {
        const person = valueOf(staff.may(input.session, "log.paper"), errors);
        staff.noted(person, "log.paper", input.day);
        return valueOf(await log.paper(person, input.day), errors);
      }),
      remark: os.log.remark.handler(async ({ input: { id, session, day, text }, errors }) => {
        const person = valueOf(staff.may(session, "log.remark"), errors);
        valueOf(await log.remark(person, id, day, text), errors);
        return {};
      }),
    },
  });
}
