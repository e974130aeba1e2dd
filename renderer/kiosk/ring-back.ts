import { useEffect } from "react";
import type { KioskState } from "../../core/machine/kiosk.ts";
import type { Shown } from "./engine.ts";
import { occupied } from "./guests.ts";
import { useEngine, useShown } from "./use-kiosk.ts";

/** Here, too: what is being said or signed is finished first, and a yes that needs a consent is asking for it. */
const atWork: readonly KioskState["at"][] = [...occupied, "message", "mayDoctor"];

/** The doctor who hung up and would like to speak again, where the person can be asked now. */
export function ringBackAsked({ visit, screen }: Shown): { readonly call: string; readonly name: string } | undefined {
  const isFree = "visit" in screen && screen.visit.call === "none" && !atWork.includes(screen.at);
  return isFree ? visit?.ringBack : undefined;
}

/** Lays the question over the screen, as soon as nothing else is there, and takes it away when it is answered or not asked any more. */
export function useRingBack(): void {
  const engine = useEngine();
  const shown = useShown();
  const { over } = shown;
  const isAsked = ringBackAsked(shown) !== undefined;
  useEffect(() => {
    if (isAsked && over === undefined) engine.cover("ringBack");
    if (!isAsked && over === "ringBack") engine.cover(undefined);
  }, [engine, isAsked, over]);
}
