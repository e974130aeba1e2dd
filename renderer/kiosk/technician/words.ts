import { faults, type FaultCode } from "../../../core/domain/faults.ts";
import type { Language } from "../../../core/i18n/message.ts";
import { isTechnicianKey, technicianMessage, type TechnicianKey } from "../../../core/i18n/technician.ts";
import { typeset, useText } from "../../parts/language.tsx";

type Params = Readonly<Partial<Record<string, string | number>>>;

/** A text of the technician's catalogue in the page's language. */
export interface Tech {
  (key: TechnicianKey, params?: Params): string;
  /** For a key made of a code; a code the catalogue does not know is shown as it is rather than hidden. */
  readonly code: (prefix: string, code: string, params?: Params) => string;
  /** What happened and what to do. */
  readonly fault: (code: FaultCode) => string;
  /** The technical cause, for staff. */
  readonly cause: (code: FaultCode) => string;
  readonly said: (said: { readonly zh: string; readonly en: string }) => string;
  readonly language: Language;
  /** Day, hours and minutes of the station's clock. */
  readonly moment: (instant: string) => string;
  readonly day: (instant: string) => string;
  readonly clock: (instant: string) => string;
}

export function techIn(language: Language): Tech {
  const side = language === "en" ? "en" : "zh";
  const tech = (key: TechnicianKey, params: Params = {}) => typeset(language, technicianMessage(language, key, params));
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", { hour12: false, ...options });
    return (instant: string) => (Number.isNaN(Date.parse(instant)) ? instant : formatter.format(new Date(instant)));
  };
  return Object.assign(tech, {
    code: (prefix: string, code: string, params: Params = {}) => {
      const key = `${prefix}.${code}`;
      return isTechnicianKey(key) ? tech(key, params) : code;
    },
    fault: (code: FaultCode) => typeset(language, faults[code].resident[side]),
    cause: (code: FaultCode) => typeset(language, faults[code].operator[side]),
    said: (said: { readonly zh: string; readonly en: string }) => typeset(language, said[side]),
    language,
    moment: format({ month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }),
    day: format({ year: "numeric", month: "2-digit", day: "2-digit" }),
    clock: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  });
}

export function useTech(): Tech {
  return techIn(useText().language);
}

export const numberOf = (code: FaultCode): number => faults[code].number;
