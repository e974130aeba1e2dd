import type { StationClient } from "../../station.ts";
import { savePdf } from "./save.ts";

/** The station's own month, `YYYY-MM`. */
export function monthOf(moment: Date): string {
  return `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, "0")}`;
}

/** The certificate of this month's quality control, handed over as a file. Answers its name. */
export async function saveMonth(client: StationClient, session: string, device: string, month = monthOf(new Date())) {
  const { name, pdf } = await client.quality.certificate({ session, kind: "month", device, month });
  savePdf(name, pdf);
  return name;
}
