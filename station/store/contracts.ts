import type { DoctorContract } from "../../core/contract/visit-doctor.ts";
import { teamMemberSchema, type TeamMember } from "../../core/contract/hub-contracts.ts";
import { contractStates } from "../../core/care/contract.ts";
import { instant } from "../../core/domain/time.ts";
import type { Database } from "./open.ts";

interface ContractRow {
  readonly id: string;
  readonly doctor: string;
  readonly doctor_name: string;
  readonly org: string;
  readonly state: string;
  readonly at: number;
  readonly until: number | null;
  readonly reason: string | null;
}

/** Contracts with a family doctor, and who can be chosen. */
export class Contracts {
  readonly #of;
  readonly #team;
  readonly #putTeam;

  constructor(db: Database) {
    this.#of = db.prepare<[string], ContractRow>(
      "SELECT * FROM contracts WHERE resident = ? ORDER BY seq DESC LIMIT 20",
    );
    this.#team = db.prepare<[], { readonly member: string }>("SELECT member FROM team ORDER BY nth");
    const clear = db.prepare("DELETE FROM team");
    const put = db.prepare<[number, string]>("INSERT INTO team VALUES (?, ?)");
    this.#putTeam = db.transaction((members: readonly TeamMember[]) => {
      clear.run();
      for (const [nth, member] of members.entries()) put.run(nth, JSON.stringify(member));
    });
  }

  /** Newest first. */
  of(resident: string): readonly DoctorContract[] {
    return this.#of.all(resident).map(({ id, doctor, doctor_name: name, org, state, at, until, reason }) => ({
      id,
      doctor: { id: doctor, name, org },
      state: contractStates.find((one) => one === state) ?? "ended",
      at: instant(at),
      ...(until === null ? {} : { until: instant(until) }),
      ...(reason === null ? {} : { reason }),
    }));
  }

  team(): readonly TeamMember[] {
    return this.#team.all().map(({ member }) => teamMemberSchema.parse(JSON.parse(member)));
  }

  /** All of them anew. */
  putTeam(members: readonly TeamMember[]): void {
    this.#putTeam.immediate(members);
  }
}
