import type { Agreement } from "../care/agreement.ts";
import type { Payer } from "../care/packages.ts";
import type { MessageKey } from "./message.ts";

export interface Sentence {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

const payerKeys = {
  publicHealth: "kiosk.contract.payer.publicHealth",
  insurance: "kiosk.contract.payer.insurance",
  resident: "kiosk.contract.payer.resident",
} as const satisfies Record<Payer, MessageKey>;

/** What it costs and who pays, as it is shown and said. */
export const feeSentences = ({ fee: { yuan, payer } }: Pick<Agreement, "fee">): readonly Sentence[] => [
  yuan === 0 ? { key: "kiosk.contract.fee.free" } : { key: "kiosk.contract.fee", values: { n: yuan } },
  { key: payerKeys[payer] },
];

/** Phone, day and term, as they are shown and said. */
export const termSentences = ({ phone, date, months, renews }: Agreement): readonly Sentence[] => [
  { key: "kiosk.contract.phone", values: { phone } },
  { key: "kiosk.contract.date", values: { date } },
  { key: renews === undefined ? "kiosk.contract.term" : "kiosk.contract.term.on", values: { n: months } },
];
