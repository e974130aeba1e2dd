import { clipFileSchema, packIdSchema } from "../../core/voice/pack.ts";
import { pageFile, type PageFile } from "../page-files.ts";

/** Where clips are asked for: `/voice/<pack>/<clip>`, from the page's own origin. */
const address = /^\/voice\/([^/?#]+)\/([^/?#]+)(?:[?#]|$)/u;

/** Whether an address is one of a clip: then it is looked for here and nowhere else. */
export const isVoice = (path: string): boolean => path.startsWith("/voice/");

/**
 * The clip behind an address, from the first folder of packs that has it. Only names that clips and packs may have are
 * looked for, as they are written: nothing in them can lead out of the folders. Never rejects.
 */
export async function voiceFile(folders: readonly string[], path: string): Promise<PageFile | undefined> {
  const [, pack, clip] = address.exec(path) ?? [];
  if (!packIdSchema.safeParse(pack).success || !clipFileSchema.safeParse(clip).success) return undefined;
  for (const folder of folders) {
    const found = await pageFile(folder, `/${pack}/${clip}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
