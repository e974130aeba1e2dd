export interface FaultText {
  readonly number: number;
  readonly resident: { readonly zh: string; readonly en: string };
  readonly operator: { readonly zh: string; readonly en: string };
}

export const fault = (number: number, zh: string, en: string, opZh: string, opEn: string): FaultText => ({
  number,
  resident: { zh, en },
  operator: { zh: opZh, en: opEn },
});
