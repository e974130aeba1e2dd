import { implement } from "@orpc/server";
import { isTaken, type MedicineView } from "../../core/care/medicine.ts";
import type { ServicesView } from "../../core/contract/visit-services.ts";
import { kioskContract } from "../../core/contract/station.ts";
import elder from "../../resources/services/elder-65.json" with { type: "json" };
import hypertension from "../../resources/services/hypertension.json" with { type: "json" };
import specimen from "../../resources/hospitals/specimen.json" with { type: "json" };
import { packageSchema } from "../../core/care/packages.ts";
import { hospitalsSchema } from "../../core/domain/hospitals.ts";

const amlodipine: MedicineView = {
  prescription: "018f0000-0000-7000-8000-0000000000b1",
  drug: "amlodipine-5",
  state: "taking",
  doctor: "林",
  zh: "氨氯地平",
  en: "amlodipine",
  form: "tablet",
  dose: { amount: 5, unit: "mg" },
  pieces: 1,
  timesPerDay: 1,
  at: ["morning"],
  meal: "after",
  until: "2026-11-26",
  daysLeft: 4,
};

/** Invented: two medicines, of which one is nearly used up. */
export const fakeMedicines: readonly MedicineView[] = [
  amlodipine,
  {
    ...amlodipine,
    prescription: "018f0000-0000-7000-8000-0000000000b2",
    drug: "metformin-500",
    zh: "二甲双胍",
    en: "metformin",
    dose: { amount: 0.5, unit: "g" },
    timesPerDay: 3,
    at: ["morning", "noon", "evening"],
    meal: "with",
    until: "2027-01-12",
    daysLeft: 51,
  },
];

/** What the visit of a resident says of them. */
export function takesOf(services: Partial<ServicesView> | undefined): { readonly takes?: MedicineView[] } {
  const takes = (services?.medicines ?? []).filter(isTaken);
  return takes.length === 0 ? {} : { takes };
}

/** What a fake station has for whoever sits there; `change` says what is otherwise. */
export function fakeServices(change: Partial<ServicesView>) {
  const os = implement(kioskContract).visit;
  let view: ServicesView = {
    medicines: [],
    wishes: [],
    packages: [hypertension, elder].map((one) => packageSchema.parse(one)),
    hospitals: hospitalsSchema.parse(specimen).hospitals,
    ...change,
  };
  return {
    services: os.services.handler(() => view),
    wish: os.wish.handler(({ input: { id, wanted } }) => {
      view = { ...view, wishes: [{ id, wanted, askedAt: "2026-11-22T02:00:00.000Z" }, ...view.wishes] };
      return {};
    }),
    printPage: os.printPage.handler(() => ({})),
  };
}
