import { useEffect } from "react";
import type { GuestAsk } from "../../core/contract/hub-calls.ts";
import type { KioskState } from "../../core/machine/kiosk.ts";
import type { Shown } from "./engine.ts";
import { useEngine, useShown } from "./use-kiosk.ts";

/** The next one that the person has not answered. */
export const guestAsked = ({ call, guestsAnswered }: Shown): GuestAsk | undefined =>
  call.view?.guests?.find(({ ask, state }) => state === "asked" && !guestsAnswered.includes(ask));

/** Where a hand or a body is at work, or help is called: this question waits. */
export const occupied: readonly KioskState["at"][] = [
  "prepare",
  "measure",
  "confirm",
  "emergency",
  "person",
  "owed",
  "show",
];

/** Lays the question about a guest over the screen, as soon as nothing else is there, and takes it away when it is answered. */
export function useGuestAsked(): void {
  const engine = useEngine();
  const shown = useShown();
  const { screen, over } = shown;
  const isAsked = guestAsked(shown) !== undefined && !occupied.includes(screen.at);
  useEffect(() => {
    if (isAsked && over === undefined) engine.cover("guest");
    if (!isAsked && over === "guest") engine.cover(undefined);
  }, [engine, isAsked, over]);
}
