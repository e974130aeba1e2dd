import type { Agreement } from "../../core/care/agreement.ts";
import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { faultOf } from "../station.ts";
import type { OwnActs } from "./engine/shown.ts";

export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: FaultCode };

export interface Drawn {
  readonly agreement: Agreement;
  readonly hash: string;
}

/** What the page of one's own doctor asks of the host. */
export interface DoctorActs {
  read(): Promise<Answered<DoctorView>>;
  /** The text of what would be signed; `renews`: the contract that it goes on with. */
  draw(doctor: string, pack: string, renews: string | undefined): Promise<Answered<Drawn>>;
  /** By the hand that has just touched, all of the text having been shown and read out. */
  sign(drawn: Drawn): Promise<FaultCode | undefined>;
  /** Undefined: paper came out. */
  print(contract: string): Promise<FaultCode | undefined>;
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
    draw: (doctor, pack, renews) =>
      asked((open) =>
        familyDoctor.draw({
          id: newId(),
          visit: open,
          doctor,
          package: pack,
          ...(renews === undefined ? {} : { renews }),
        }),
      ),
    sign: ({ agreement: { contract: id }, hash }) =>
      done(async (open) => {
        await familyDoctor.explained({ visit: open, hash });
        await familyDoctor.choose({ id, visit: open, hash, act: act(), language: language() });
      }),
    print: (contract) =>
      done(async (open) => {
        const what = { visit: open, contract, language: language() } as const;
        const { draw } = await familyDoctor.print({ id: newId(), ...what });
        if (draw === undefined) return;
        const { drawLine } = await import("./lettering.ts");
        const drawn = draw.lines.map((line) => ({ text: line, dots: drawLine(line, draw.columns) }));
        await familyDoctor.print({ id: newId(), ...what, drawn });
      }),
    end: (contract) => done((open) => familyDoctor.end({ id: newId(), visit: open, contract, act: act() })),
  };
}
