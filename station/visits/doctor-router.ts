import { implement } from "@orpc/server";
import { kioskContract } from "../../core/contract/station.ts";
import type { VisitDoctor } from "./doctor.ts";

const os = implement(kioskContract).familyDoctor;

/** The person's family doctor, answered. */
export function doctorHandlers(doctor: VisitDoctor) {
  return {
    view: os.view.handler(async ({ input, errors }) => {
      const found = await doctor.view(input.visit);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      return found.value;
    }),
    choose: os.choose.handler(async ({ input, errors }) => {
      const kept = await doctor.choose(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return kept.value;
    }),
    end: os.end.handler(async ({ input, errors }) => {
      const kept = await doctor.end(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return kept.value;
    }),
  };
}
