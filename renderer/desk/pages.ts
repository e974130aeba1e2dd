import type { ComponentType } from "react";
import type { MessageKey } from "../../core/i18n/message.ts";
import { allows, type Operation } from "../../core/rights.ts";
import type { IconName } from "../parts/icons.tsx";
import type { Desk, Me } from "./desk.ts";
import type { DraftStore } from "./draft.ts";
import type { HubDoor } from "./hub.ts";

/** What a page is opened about; each page knows what it needs of it. */
export interface About {
  readonly resident?: string;
  readonly call?: string;
  /** A prescription, referral, follow-up, plan or stored call. */
  readonly id?: string;
  /** The danger value that a referral answers. */
  readonly danger?: string;
}

export interface PageProps {
  readonly desk: Desk;
  /** Of this session; asks by `useFeed`, writes by `door.client`. */
  readonly door: HubDoor;
  readonly me: Me;
  readonly drafts: DraftStore;
  readonly about: About;
  /** Opens another page; Esc comes back to this one. */
  readonly open: (page: PageId, about?: About) => void;
}

export interface PageModule {
  readonly Page: ComponentType<PageProps>;
}

export interface PageEntry {
  readonly id: string;
  readonly title: MessageKey;
  readonly icon: IconName;
  /** Alt and this digit. The same for every role, so that hands learn it once; only what no role sees together shares one. */
  readonly shortcut: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  /** Shown to whoever may do at least one of these: the one table of rights decides, not a second list of roles. */
  readonly needs: readonly [Operation, ...Operation[]];
  /** Stays on the page behind the others once it was opened: what it plays goes on. */
  readonly keeps?: true;
  /** The page with its own style sheet; fetched when it is opened first. */
  readonly load: () => Promise<PageModule>;
}

/** In the order of the tabs. The first one that a person may see is the one they begin on. */
export const pages = [
  {
    id: "review",
    title: "desk.page.review",
    icon: "lock",
    shortcut: 1,
    needs: ["record.review"],
    load: () => import("./oversight/ReviewPage.tsx"),
  },
  {
    id: "overview",
    title: "desk.page.overview",
    icon: "list",
    shortcut: 2,
    needs: ["overview.watch"],
    load: () => import("./oversight/OverviewPage.tsx"),
  },
  {
    id: "reset",
    title: "desk.page.reset",
    icon: "lock",
    shortcut: 3,
    needs: ["people.resetFactor"],
    load: () => import("./oversight/ResetPage.tsx"),
  },
  {
    id: "people",
    title: "desk.page.people",
    icon: "guest",
    shortcut: 4,
    needs: ["directory.watch"],
    load: () => import("./people/PeoplePage.tsx"),
  },
  {
    id: "consult",
    title: "desk.page.consult",
    icon: "call",
    shortcut: 1,
    needs: ["queue.watch", "call.invitations"],
    keeps: true,
    load: () => import("./consult/ConsultPage.tsx"),
  },
  {
    id: "resident",
    title: "desk.page.resident",
    icon: "heart",
    shortcut: 2,
    needs: ["resident.records"],
    load: () => import("./resident/ResidentPage.tsx"),
  },
  {
    id: "stored",
    title: "work.page.stored",
    icon: "voice",
    shortcut: 3,
    needs: ["work.watch"],
    load: () => import("./pages/StoredPage.tsx"),
  },
  {
    id: "prescriptions",
    title: "work.page.prescriptions",
    icon: "list",
    shortcut: 4,
    needs: ["prescription.write"],
    load: () => import("./pages/PrescriptionPage.tsx"),
  },
  {
    id: "pharmacy",
    title: "work.page.pharmacy",
    icon: "list",
    shortcut: 5,
    needs: ["prescription.review"],
    load: () => import("./pages/PharmacyPage.tsx"),
  },
  {
    id: "referrals",
    title: "work.page.referrals",
    icon: "next",
    shortcut: 6,
    needs: ["referral.watch"],
    load: () => import("./pages/ReferralPage.tsx"),
  },
  {
    id: "followUps",
    title: "work.page.followUps",
    icon: "again",
    shortcut: 7,
    needs: ["followUp.watch"],
    load: () => import("./pages/FollowUpPage.tsx"),
  },
  {
    id: "tasks",
    title: "work.page.tasks",
    icon: "clock",
    shortcut: 9,
    needs: ["task.watch"],
    load: () => import("./pages/TasksPage.tsx"),
  },
  {
    id: "colleagues",
    title: "desk.page.colleagues",
    icon: "guest",
    shortcut: 8,
    needs: ["people.colleagues"],
    load: () => import("./colleagues/ColleaguesPage.tsx"),
  },
  {
    id: "same",
    title: "desk.page.same",
    icon: "heart",
    shortcut: 5,
    needs: ["person.alike"],
    load: () => import("./same/SamePage.tsx"),
  },
] as const satisfies readonly PageEntry[];

export type PageId = (typeof pages)[number]["id"];

export function pagesFor(role: Me["role"]): readonly (PageEntry & { readonly id: PageId })[] {
  return pages.filter(({ needs }) => needs.some((operation) => allows(role, operation) !== "no"));
}
