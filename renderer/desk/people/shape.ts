import type { DirectoryView } from "../../../core/contract/hub-directory.ts";
import type { Text } from "../../parts/language.tsx";
import type { HubClient } from "../hub.ts";

export type Shown = DirectoryView;
export type Org = Shown["orgs"][number];
export type Person = Shown["accounts"][number];
export type StationRow = Shown["stations"][number];
export type Role = Parameters<HubClient["directory"]["invite"]>[0]["role"];

/** In the order in which they are offered. */
export const invitable = [
  "doctor",
  "villageDoctor",
  "specialist",
  "pharmacist",
  "technician",
  "manager",
  "auditor",
] as const satisfies readonly Role[];

/** Who works for an institution, always; of the others it may be left open. */
export const needsOrg = (role: Person["role"]): boolean =>
  role === "doctor" || role === "villageDoctor" || role === "specialist" || role === "pharmacist";

export function roleWord(text: Text, role: Person["role"]): string {
  switch (role) {
    case "manager":
    case "auditor":
    case "technician":
    case "operator":
      return text(`desk.staff.role.${role}`);
    case "villageDoctor":
    case "doctor":
    case "specialist":
    case "pharmacist":
      return text(`desk.role.${role}`);
  }
}

/** What is done on the right of the page. */
export type Doing =
  | { readonly kind: "org"; readonly id?: string }
  | { readonly kind: "invite" }
  | { readonly kind: "person"; readonly id: string }
  | { readonly kind: "station"; readonly id?: string };

/** A code that is shown once. */
export interface OnceCode {
  readonly code: string;
  /** ISO 8601 UTC. */
  readonly until: string;
  /** Absent: of a new station. */
  readonly person?: { readonly account: string; readonly name: string };
}

/** What every part of the page may do. */
export interface Office {
  readonly shown: Shown;
  readonly client: HubClient["directory"];
  /** Whether this person changes anything, or only looks. */
  readonly writes: boolean;
  readonly say: (words: string) => void;
  readonly show: (code: OnceCode) => void;
  readonly close: () => void;
}
