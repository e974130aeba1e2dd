import { implement } from "@orpc/server";
import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import type { TeamMember } from "../../core/contract/hub-contracts.ts";
import { kioskContract } from "../../core/contract/station.ts";

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

/** The family doctor of whoever sits at a fake station. */
export function fakeDoctor(start: Partial<DoctorView>) {
  const os = implement(kioskContract).familyDoctor;
  let view: DoctorView = { team: [...fakeTeam], mayChoose: true, ...start };
  return {
    view: os.view.handler(() => view),
    choose: os.choose.handler(({ input }) => {
      const doctor = view.team.find(({ id }) => id === input.doctor);
      if (!doctor) throw new Error("nobody");
      const { id, name, orgName: org } = doctor;
      view = {
        ...view,
        asked: { id: input.id, doctor: { id, name, org }, state: "asked", at: "2026-05-01T08:00:00.000Z" },
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
