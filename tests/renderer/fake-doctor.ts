import { implement } from "@orpc/server";
import general from "../../resources/services/general.json" with { type: "json" };
import hypertension from "../../resources/services/hypertension.json" with { type: "json" };
import type { Agreement } from "../../core/care/agreement.ts";
import { packageSchema } from "../../core/care/packages.ts";
import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import type { TeamMember } from "../../core/contract/hub-contracts.ts";
import { kioskContract } from "../../core/contract/station.ts";
import { agreementOf } from "../../station/visits/agreement.ts";

const member = (id: string, name: string, role: TeamMember["role"], orgName: string): TeamMember => ({
  id,
  name,
  role,
  org: role === "villageDoctor" ? "village" : "township",
  orgName,
  tier: role === "villageDoctor" ? "village" : "township",
});

/** Invented people of an invented town. */
export const fakeTeam: readonly TeamMember[] = [
  member("d1", "林秀兰", "doctor", "石桥镇卫生院"),
  member("d2", "何建国", "doctor", "石桥镇卫生院"),
  member("v1", "周秀芬", "villageDoctor", "石桥村卫生室"),
];

const hash = "a".repeat(64);

/** The family doctor of whoever sits at a fake station. */
export function fakeDoctor(start: Partial<DoctorView>) {
  const os = implement(kioskContract).familyDoctor;
  const packages = [hypertension, general].map((one) => packageSchema.parse(one));
  let view: DoctorView = { team: [...fakeTeam], packages, mayChoose: true, ...start };
  let drawn: Agreement | undefined;
  return {
    view: os.view.handler(() => view),
    draw: os.draw.handler(({ input }) => {
      const doctor = view.team.find(({ id }) => id === input.doctor);
      const pack = view.packages.find(({ id }) => id === input.package);
      drawn =
        doctor &&
        pack &&
        agreementOf({
          contract: input.id,
          renews: input.renews,
          resident: "r",
          doctor,
          team: view.team,
          package: pack,
          date: "2026-05-01",
          place: { name: "健康E站", place: "石桥村" },
          dutyPhone: "0500-1000002",
        });
      if (!drawn) throw new Error("nobody");
      return { agreement: drawn, hash };
    }),
    explained: os.explained.handler(() => ({})),
    print: os.print.handler(() => ({})),
    choose: os.choose.handler(({ input }) => {
      if (!drawn) throw new Error("nothing drawn up");
      const at = "2026-05-01T08:00:00.000Z";
      view = {
        ...view,
        asked: { id: input.id, doctor: drawn.doctor, state: "asked", stage: "signed", at, agreement: drawn },
      };
      return {};
    }),
    end: os.end.handler(({ input }) => {
      const { active, asked, ...rest } = view;
      view = {
        ...rest,
        ...(active === undefined || active.id === input.contract ? {} : { active }),
        ...(asked === undefined || asked.id === input.contract ? {} : { asked }),
      };
      return {};
    }),
  };
}
