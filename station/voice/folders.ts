import { join, resolve } from "node:path";

/**
 * The packs that come with the program: `resources/voice`. Two folders up from here, both as this file and as the built
 * program (`out/main`).
 */
export const shippedVoice: string = resolve(import.meta.dirname, "../../resources/voice");

/** The packs of this station, recorded or imported. */
export const ownVoice = (data: string): string => join(data, "voice");

/** Where clips are looked for. A pack of the station's own cannot have the name of a shipped one. */
export const voiceFolders = (data: string): readonly string[] => [shippedVoice, ownVoice(data)];
