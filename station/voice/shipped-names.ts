import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { drugListSchema } from "../../core/care/drugs.ts";
import type { NamedDrug, NamedThings } from "../../core/voice/names.ts";
import type { Logger } from "../log/logger.ts";
import { OfferShelf } from "../services/offers.ts";

/** As the hub's list has them. Two folders up from here, both as this file and as the built program (`out/main`). */
const shipped = resolve(import.meta.dirname, "../../resources");

/** The drugs of the list that comes with the program. Throws on a list that does not fit: it is part of the program. */
export function shippedDrugs(folder: string = shipped): readonly NamedDrug[] {
  const { drugs } = drugListSchema.parse(JSON.parse(readFileSync(join(folder, "drugs/catalogue.json"), "utf8")));
  return drugs.map(({ id, zh, inn }) => ({ id, zh, en: inn }));
}

/** What comes with the program and, behind it, what the data folder of a station has in its place; a folder that is not there has none. */
export async function namedThings(
  log: Logger,
  data: string = join(shipped, "nowhere"),
): Promise<readonly NamedThings[]> {
  const drugs = shippedDrugs();
  const at = async (folder: string): Promise<NamedThings> => {
    const shelf = new OfferShelf({ folder, simulated: true, log });
    await shelf.look();
    return { drugs, ...shelf.offers };
  };
  return [await at(join(shipped, "nowhere")), await at(data)];
}
