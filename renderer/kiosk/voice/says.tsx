import { useSays } from "./prompt.tsx";
import type { Spoken } from "./voice.tsx";

/** Said whenever it changes. Stands behind its screen, whose own prompt it follows. */
export function Says({ says, step }: { readonly says: readonly Spoken[]; readonly step: string }) {
  useSays(says, step);
  return null;
}
