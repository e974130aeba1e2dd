import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueOf, type Catalogue } from "../../core/care/drugs.ts";

/** The lists that come with the program: specimens, until the county puts its own in the data folder. */
const shipped = join(import.meta.dirname, "../../resources/drugs");

/** Reads `catalogue.json` and `interactions.json`. Throws on a list that does not fit: the hub does not start with it. */
export function readCatalogue(folder: string = shipped): Catalogue {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
  return catalogueOf(read("catalogue.json"), read("interactions.json"));
}
