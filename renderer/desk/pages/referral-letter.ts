import { z } from "zod";
import { referralDraftSchema } from "../../../core/contract/hub-care.ts";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import { plainCalendar } from "../../../core/care/hours.ts";
import { draftReferral, referralSteps } from "../../../core/care/referral.ts";
import {
  directions,
  greenKinds,
  priorities,
  referralReasons,
  type Direction,
  type Priority,
  type Referral,
  type ReferralState,
} from "../../../core/care/referral-parts.ts";
import type { Owner, StepKind } from "../../../core/care/tasks.ts";
import { tiers, type Practice } from "../../../core/domain/practice.ts";

/** A referral being written, as it stands in the fields. */
export interface LetterForm {
  readonly direction: Direction;
  /** Institution; empty: not chosen. */
  readonly to: string;
  readonly department: string;
  readonly priority: Priority;
  readonly green: (typeof greenKinds)[number] | "";
  readonly reasons: readonly Reason[];
  readonly summary: string;
}
/** As it is kept over a reload, with the letter's id: sent again, it is the same letter. */
export const letterKeptSchema: z.ZodType<LetterKept> = z.strictObject({
  id: z.uuid(),
  form: z.strictObject({
    direction: z.enum(directions),
    to: z.string(),
    department: z.string(),
    priority: z.enum(priorities),
    green: z.enum(["", ...greenKinds]),
    reasons: z.array(z.enum(referralReasons)),
    summary: z.string(),
  }),
  kept: z.boolean(),
});
export interface LetterKept {
  readonly id: string;
  readonly form: LetterForm;
  /** The hub has it; what is signed is the letter that was kept. */
  readonly kept: boolean;
}
export type Reason = (typeof referralReasons)[number];
export type LetterDraft = (typeof referralDraftSchema)["_output"];

/** Where somebody can be sent: an institution with staff who could answer. */
export interface Receiver {
  readonly org: string;
  readonly orgName: string;
  readonly tier: Practice["tier"];
  /** Of its staff, those who have a desk open now. */
  readonly here: number;
  readonly departments: readonly string[];
}

const downReasons: readonly Reason[] = ["stableForHome", "discharged", "other"];
export const reasonsFor = (direction: Direction): readonly Reason[] =>
  direction === "down"
    ? downReasons
    : referralReasons.filter((reason) => reason === "other" || !downReasons.includes(reason));

/** Institutions of a higher tier, or of a lower one; those with somebody at a desk first. */
export function receiversFor(
  direction: Direction,
  own: Pick<Practice, "org" | "tier">,
  colleagues: readonly Colleague[],
): readonly Receiver[] {
  const rank = (tier: Practice["tier"]) => tiers.indexOf(tier);
  const found = new Map<string, Receiver>();
  for (const { practice, here, role } of colleagues) {
    if (!practice || role === "pharmacist" || practice.org === own.org) continue;
    const above = rank(practice.tier) - rank(own.tier);
    if (direction === "up" ? above <= 0 : above >= 0) continue;
    const { org, orgName, tier, specialty } = practice;
    const known = found.get(org) ?? { org, orgName, tier, here: 0, departments: [] };
    const departments = new Set([...known.departments, ...(specialty === undefined ? [] : [specialty])]);
    found.set(org, { ...known, here: known.here + (here ? 1 : 0), departments: [...departments] });
  }
  return [...found.values()].toSorted(
    (one, other) => other.here - one.here || one.orgName.localeCompare(other.orgName),
  );
}

export type Missing = "to" | "reasons" | "summary";
export function missingOf({ to, reasons, summary }: LetterForm): Missing | undefined {
  if (to === "") return "to";
  if (reasons.length === 0) return "reasons";
  return summary.trim() === "" ? "summary" : undefined;
}

/** What goes to the hub; undefined while it is not whole. `about`: whom, and where the resident is told of it. */
export function letterOf(
  form: LetterForm,
  about: {
    readonly id: string;
    readonly resident: string;
    readonly station?: string | undefined;
    readonly visit?: string | undefined;
  },
  receivers: readonly Receiver[],
): LetterDraft | undefined {
  const { direction, priority, green, reasons, summary, department } = form;
  const to = receivers.find(({ org }) => org === form.to);
  if (!to) return undefined;
  const { id, resident, station, visit } = about;
  const read = referralDraftSchema.safeParse({
    id,
    direction,
    priority,
    resident,
    ...(station === undefined ? {} : { station }),
    ...(visit === undefined ? {} : { visit }),
    to: { org: to.org, tier: to.tier, ...(department.trim() === "" ? {} : { department: department.trim() }) },
    reasons,
    summary,
    ...(green === "" ? {} : { green }),
  });
  return read.success ? read.data : undefined;
}

/** The way of a referral that goes well (service.md §5). */
export const path = [
  "drafted",
  "signed",
  "sent",
  "accepted",
  "arrived",
  "inTreatment",
  "returned",
  "received",
  "followedUp",
] as const satisfies readonly ReferralState[];

/** Where on the way it stands; what was refused or did not arrive stands where it was before. */
export function placeOn({ state, history }: Pick<Referral, "state" | "history">): number {
  const at = (one: ReferralState) => path.findIndex((step) => step === one);
  if (state === "rejected") return at("sent");
  if (state === "notArrived") return at("accepted");
  return state === "withdrawn" ? Math.max(0, ...history.map((event) => at(event.state))) : at(state);
}

export interface Then {
  readonly kind: StepKind;
  readonly owner: Owner;
  /** How long it may take at most, from when it begins. */
  readonly withinMs: number;
}

/** What will be owed by whom in every state of a letter, by the same rules that make the tasks. */
export function whatThen(letter: LetterDraft, from: Owner, now: number): readonly Then[] {
  const drafted = draftReferral({ ...letter, from }, from.person ?? "", now);
  return path.flatMap((state) => {
    if (state === "signed") return [];
    const asked = state === "drafted" ? {} : { sentAt: now };
    const [step] = referralSteps({ ...drafted, ...asked, state, since: now, check: undefined }, plainCalendar);
    return step ? [{ kind: step.kind, owner: step.owner, withinMs: step.due - now }] : [];
  });
}
