import type { Agreement } from "../../core/care/agreement.ts";
import { contractMonths } from "../../core/care/agreement.ts";
import { contractTerms, contractVersion } from "../../core/care/contract-act.ts";
import { feeOf, type ServicePackage } from "../../core/care/packages.ts";
import type { TeamMember } from "../../core/contract/hub-contracts.ts";
import { messageOf } from "../../core/i18n/message.ts";

/** Nobody reads more names. */
const mostTeam = 20;

export interface Drawn {
  readonly contract: string;
  readonly renews: string | undefined;
  readonly resident: string;
  readonly doctor: TeamMember;
  readonly team: readonly TeamMember[];
  readonly package: ServicePackage;
  /** `YYYY-MM-DD` on the wall. */
  readonly date: string;
  readonly place: { readonly name: string; readonly place: string };
  /** Where no institution says its own. */
  readonly dutyPhone: string | undefined;
}

/** The whole text of an agreement. Undefined: it would lack what it has to say, the fee in numbers or a telephone. */
export function agreementOf(drawn: Drawn): Agreement | undefined {
  const { contract, renews, resident, doctor, team, dutyPhone, date, place } = drawn;
  const { id, group: type, specimen, name, contains, price } = drawn.package;
  const fee = feeOf(drawn.package);
  const phone = doctor.phone ?? dutyPhone;
  if (fee === undefined || phone === undefined) return undefined;
  return {
    text: contractVersion,
    contract,
    ...(renews === undefined ? {} : { renews }),
    resident,
    doctor: { id: doctor.id, name: doctor.name, org: doctor.orgName },
    team: team
      .filter((one) => one.id !== doctor.id)
      .slice(0, mostTeam)
      .map(({ role, name: called, orgName }) => ({ role, name: called, org: orgName })),
    phone,
    package: { id, type, specimen, name, contains },
    fee: { ...fee, ...(price.kind === "paid" ? { says: price.says } : {}) },
    date,
    months: contractMonths,
    place,
    words: contractTerms.map((key) => ({ zh: messageOf("zh-CN", key, {}), en: messageOf("en", key, {}) })),
  };
}
