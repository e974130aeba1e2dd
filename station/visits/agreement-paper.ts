import { feeSentences } from "../../core/i18n/agreement-words.ts";
import type { ShownContract } from "../../core/contract/visit-doctor.ts";
import { filled, messageOf, type Language } from "../../core/i18n/message.ts";
import { slipWords } from "../../core/i18n/slip.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import type { Agreement } from "../../core/care/agreement.ts";
import type { TakenAway } from "../takeaway/content.ts";

/** Of a hash; what is compared by eye. */
const checkDigits = 16;

/** The agreement as a slip has it: what was agreed to, by whom and when, how it stands, and the code to compare by. */
export function agreementOnPaper(
  { agreement, stage, at, until }: ShownContract,
  { hash, askedAt, language, zoneMinutes }: { hash: string; askedAt: string; language: Language; zoneMinutes: number },
): Pick<TakenAway, "results" | "sentence" | "next"> | undefined {
  if (agreement === undefined) return undefined;
  const side = language === "en" ? "en" : "zh";
  const words = slipWords[language];
  const day = (instant: string) => dayOf(Date.parse(instant), zoneMinutes);
  const stages = {
    signed: words.stageSigned,
    active: filled(words.stageActive, { date: until === undefined ? "" : day(until) }),
    renewalDue: filled(words.stageActive, { date: until === undefined ? "" : day(until) }),
    ended: words.stageOver,
    terminated: words.stageOver,
    declined: words.stageDeclined,
  } as const;
  const { doctor, team, package: pack, date, place } = agreement;
  const part = (name: string, notes: readonly string[]) => ({ name, at: "", numbers: [], notes });
  return {
    sentence: filled(words.agreementStage, { stage: stages[stage] }),
    results: [
      part(words.agreement, [
        filled(words.agreementDoctor, doctor),
        ...(team.length === 0 ? [] : [filled(words.agreementTeam, { names: team.map(({ name }) => name).join(" ") })]),
        messageOf(language, "kiosk.contract.phone", { phone: agreement.phone }),
      ]),
      part(filled(words.agreementPackage, { name: pack.name[side] }), [
        ...pack.contains.map(
          ({ timesAYear: n, ...what }) =>
            `${what[side]}${n === undefined ? "" : ` ${messageOf(language, "kiosk.package.times", { n })}`}`,
        ),
        ...feeLines(agreement, language),
        ...(pack.specimen ? [words.agreementSpecimen] : []),
      ]),
      part(
        filled(words.agreementMade, { date, place: `${place.name} ${place.place}`.trim() }),
        agreement.words.map((one) => one[side]),
      ),
    ],
    next: [
      filled(words.agreementSigned, { date: day(askedAt) }),
      ...(stage === "terminated" || stage === "ended" ? [day(at)] : []),
      filled(words.agreementCheck, { hash: hash.slice(0, checkDigits) }),
    ],
  };
}

/** The fee in words, and what the practice says of it. */
function feeLines(agreement: Agreement, language: Language): readonly string[] {
  const { says } = agreement.fee;
  return [
    ...feeSentences(agreement).map(({ key, values }) => messageOf(language, key, values ?? {})),
    ...(says === undefined ? [] : [says[language === "en" ? "en" : "zh"]]),
  ];
}
