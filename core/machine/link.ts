import type { KioskInput, KioskState, KioskStep } from "./state.ts";

type Linking = Extract<KioskState, { readonly at: "link" }>;

const go = (state: KioskState): KioskStep => ({ state, effects: [] });

/** May a newcomer come without the card the next time? Asked once, when the visit is done; a no is as good as a yes. */
export function linkStep(state: Linking, input: KioskInput): KioskStep {
  const { visit, step } = state;
  switch (input.kind) {
    case "no":
      return go({ at: "rate", visit });
    case "yes":
      if (step === "ask") return go({ at: "link", step: "way", visit });
      return step === "done" ? go({ at: "rate", visit }) : go(state);
    case "phone":
    case "code":
      return step === "way" ? go({ at: "link", step: input.kind, visit }) : go(state);
    case "linked":
      return step === "phone" || step === "code" ? go({ at: "link", step: "done", visit }) : go(state);
    case "fault":
      return step === "phone" || step === "code"
        ? go({ at: "link", step: "way", wrong: input.code, visit })
        : go(state);
    default:
      return go(state);
  }
}

export const backFromLink = ({ visit, step }: Linking): KioskState => {
  if (step === "phone" || step === "code") return { at: "link", step: "way", visit };
  return step === "way" ? { at: "link", step: "ask", visit } : { at: "takeAway", as: "ask", visit };
};
