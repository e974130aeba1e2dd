import { randomBytes } from "node:crypto";
import { readable } from "../demo.ts";
import { sha256 } from "../store/secrets.ts";

/** A code that one person reads to another: three groups of four letters and digits that are hard to mistake, 60 bits. */
export const freshCode = (): string => (readable(randomBytes(12)).match(/.{4}/g) ?? []).join("-").toUpperCase();

/** What is kept of a code. As typed by a person: letter case, spaces and dashes do not matter. */
export const codeHash = (code: string): string => sha256(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""));
