import type { OfferKind } from "../../../core/contract/technician-offers.ts";
import type { ControlLevel, CalibrationKind } from "../../../core/quality/vocabulary.ts";

/** Where in the place one is. Everything a page needs to begin is in it; the rest it asks for. */
export type Route =
  | {
      readonly at:
        | "today"
        | "log"
        | "devices"
        | "profiles"
        | "captures"
        | "voice"
        | "offers"
        | "quality"
        | "checks"
        | "review"
        | "staff";
    }
  | {
      readonly at: "device" | "doctor" | "live" | "override" | "release" | "lots" | "comparison" | "verify";
      readonly device: string;
    }
  | { readonly at: "assign"; readonly port: string }
  | { readonly at: "recording"; readonly pack: string }
  /** Without `item`: a new one. */
  | { readonly at: "offer"; readonly kind: OfferKind; readonly item?: string }
  | {
      readonly at: "control" | "chart";
      readonly device: string;
      readonly analyte: string;
      readonly level: ControlLevel;
    }
  | { readonly at: "check"; readonly device: string; readonly kind: CalibrationKind };

export const tabs = ["today", "devices", "quality", "checks", "staff"] as const;
export type Tab = (typeof tabs)[number];

/** The tab a page belongs to. */
export function tabOf({ at }: Route): Tab {
  switch (at) {
    case "today":
    case "log":
      return "today";
    case "devices":
    case "device":
    case "assign":
    case "profiles":
    case "doctor":
    case "live":
    case "captures":
    case "voice":
    case "recording":
    case "offers":
    case "offer":
      return "devices";
    case "quality":
    case "lots":
    case "control":
    case "chart":
    case "comparison":
    case "review":
    case "override":
    case "release":
      return "quality";
    case "checks":
    case "check":
    case "verify":
      return "checks";
    case "staff":
      return "staff";
  }
}
