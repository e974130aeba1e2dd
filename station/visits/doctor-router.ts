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
    draw: os.draw.handler(async ({ input, errors }) => {
      const drawn = await doctor.draw(input);
      if (!drawn.ok) throw errors.FAULT({ data: { code: drawn.code } });
      return drawn.value;
    }),
    explained: os.explained.handler(async ({ input, errors }) => {
      const done = await doctor.explained(input);
      if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
      return done.value;
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const printed = await doctor.print(input);
      if (!printed.ok) throw errors.FAULT({ data: { code: printed.code } });
      return printed.value;
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
