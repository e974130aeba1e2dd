import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { faultOf } from "../station.ts";
import type { OwnActs } from "./engine/shown.ts";

export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: FaultCode };

/** What the page of one's own doctor asks of the host. */
export interface DoctorActs {
  read(): Promise<Answered<DoctorView>>;
  /** By the hand that has just touched. */
  choose(doctor: string): Promise<FaultCode | undefined>;
  end(contract: string): Promise<FaultCode | undefined>;
}

export function createDoctorActs({ door, newId, language, visit, way }: OwnActs): DoctorActs {
  const { familyDoctor } = door.client;
  const asked = async <T>(work: (open: string) => Promise<T>): Promise<Answered<T>> => {
    const open = visit();
    if (open === undefined) return { ok: false, code: "visit.closed" };
    try {
      return { ok: true, value: await work(open) };
    } catch (error) {
      return { ok: false, code: faultOf(error) };
    }
  };
  const done = async (work: (open: string) => Promise<unknown>) => {
    const answer = await asked(work);
    return answer.ok ? undefined : answer.code;
  };
  // Who operates for the person is the host's to know.
  const act = () => (way() === "key" ? "key" : "touch");
  return {
    read: () => asked((open) => familyDoctor.view({ visit: open })),
    choose: (doctor) =>
      done((open) => familyDoctor.choose({ id: newId(), visit: open, doctor, act: act(), language: language() })),
    end: (contract) => done((open) => familyDoctor.end({ id: newId(), visit: open, contract, act: act() })),
  };
}
