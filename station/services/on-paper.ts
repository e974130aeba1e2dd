import type { MedicineView } from "../../core/care/medicine.ts";
import type { ServicePage, ServicesView } from "../../core/contract/visit-services.ts";
import { complaints, type Hospital } from "../../core/domain/hospitals.ts";
import { message, messageOf, type Language, type MessageKey } from "../../core/i18n/message.ts";
import { medicineWords } from "../../core/i18n/medicine-words.ts";
import type { TakenAway } from "../takeaway/content.ts";

/** The part of a slip that is a page's own; head and foot are those of every slip. */
export type PageOnPaper = Pick<TakenAway, "results" | "sentence" | "next">;

/** The medicines as a plan, or the hospitals with the way there. */
export function pageOnPaper(page: ServicePage, view: ServicesView, language: Language): PageOnPaper {
  const side = language === "en" ? "en" : "zh";
  if (page === "medicines")
    return {
      sentence: message(language, "kiosk.mine.medicines"),
      results: view.medicines.map((one) => medicineOnPaper(one, language)),
      next: [message(language, "loop.say.takeAsTold")],
    };
  return {
    sentence: message(language, "kiosk.services.hospital"),
    results: view.hospitals.map((hospital) => ({
      name: hospital.name[side],
      at: "",
      numbers: [],
      notes: hospitalLines(hospital, side, language),
    })),
    next: [],
  };
}

function medicineOnPaper(one: MedicineView, language: Language): TakenAway["results"][number] {
  const words = medicineWords(one, (key, params) => messageOf(language, key, params));
  return { name: language === "en" ? one.en : one.zh, at: "", numbers: [], notes: words };
}

function hospitalLines(hospital: Hospital, side: "zh" | "en", language: Language): readonly string[] {
  const line = (key: MessageKey, words: string) => `${messageOf(language, key, {})} ${words}`;
  return [
    line("kiosk.hospital.address", hospital.address[side]),
    line("kiosk.hospital.way", hospital.way[side]),
    line("kiosk.hospital.hours", hospital.hours[side]),
    line("kiosk.hospital.phone", hospital.telephone),
    ...hospital.departments.map(
      ({ for: sorts, ...name }) =>
        `${name[side]}: ${complaints
          .filter((sort) => sorts.includes(sort))
          .map((sort) => message(language, `kiosk.complaint.${sort}`))
          .join(language === "en" ? ", " : "、")}`,
    ),
  ];
}
