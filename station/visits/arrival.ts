import { consented, consentScopes, consentVersion, keptAs, type Consented } from "../../core/domain/consent.ts";
import type { ConsentFacts, ConsentScope, ConsentWay, KeptSubject } from "../../core/domain/consent.ts";
import type { Private } from "../../core/domain/private.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { EntryBody, NewEntry } from "../../core/journal/entry.ts";
import type { Helper, IdentityWay } from "../../core/journal/visit-bodies.ts";
import type { Store } from "../store/store.ts";
import type { EndedVisit, OpenVisit } from "../store/views/shapes.ts";
import { newId, type Scribe } from "./scribe.ts";

/** Somebody who is not registered here, as the card says. */
export interface Newcomer {
  readonly name: string;
  readonly sex: "female" | "male";
  readonly birthYear: number;
}

/** Who comes, as far as the host itself found out. `key`: the keyed hash of what they were recognized by. */
export type Comer =
  /** `code`: shown where nobody could be asked whose it is; `key` is its keyed hash. */
  | { readonly kind: "guest"; readonly code?: { readonly text: Private<string>; readonly key: string } }
  | { readonly kind: "known"; readonly way: IdentityWay; readonly resident: string }
  | { readonly kind: "new"; readonly way: IdentityWay; readonly person: Private<Newcomer>; readonly key: string };

export interface Coming {
  /** Made by the page; of the opening entry, and of the visit where it is a new one. */
  readonly id: string;
  readonly who: Comer;
  readonly consents: Readonly<Partial<Record<ConsentScope, boolean>>>;
  /** How they were said. */
  readonly way: ConsentWay;
  readonly sign?: string | undefined;
  readonly helper?: Helper | undefined;
  /** What they said of a visit without a name in which a code of theirs was shown. */
  readonly claim?: EntryBody<"visit.claimed"> | undefined;
}

/** What an opening amounts to: all of `entries` in one durable transaction. */
export interface Arrival {
  readonly visit: Omit<OpenVisit, "openedAt">;
  readonly entries: readonly NewEntry[];
}

export interface ArrivalParts {
  readonly store: Pick<Store, "consentsOf" | "lastVisitOf">;
  readonly scribe: Scribe;
  readonly clock: Pick<Clock, "now">;
  /** New people of a simulated station are invented ones. */
  readonly simulated: boolean;
}

/** Who was cut off may go on this long. */
export const resumeMs = 15 * 60_000;
const cutOff = ["idle", "hostStopped", "replaced"] as const;
type CutOff = (typeof cutOff)[number];

/** Why a visit ended, if it may go on at `now` (ms since 1970 UTC). */
export function resumable(last: EndedVisit | undefined, now: number): CutOff | undefined {
  const age = last === undefined ? Infinity : now - Date.parse(last.endedAt);
  return age < 0 || age >= resumeMs ? undefined : cutOff.find((reason) => reason === last?.reason);
}

/**
 * The entries of somebody's coming. Results are kept under a name only with the proof of `keep`: without it the visit is a
 * guest's and nothing in it leads to a person.
 */
export async function arrivalOf(coming: Coming, parts: ArrivalParts): Promise<Arrival> {
  const { store, scribe, clock } = parts;
  const { id, who, helper } = coming;
  const known = who.kind === "known" ? await store.consentsOf(who.resident) : {};
  const said = consentScopes.flatMap((scope) => {
    const given = coming.consents[scope];
    return given === undefined ? [] : [{ scope, given, entry: newId() }];
  });
  const at = instant(clock.now());
  const facts: ConsentFacts = {
    ...known,
    ...Object.fromEntries(
      said.map(({ scope, given, entry }) => [scope, { given, version: consentVersion, entry, at }]),
    ),
  };
  const keep = consented(facts, "keep");
  if (who.kind === "guest" || keep === undefined) {
    const actor = { role: "resident", id: "guest" };
    const about = { visit: id, subject: null, actor };
    const refused = said.map(({ scope, given, entry }) => {
      // That a known person no longer wants to be kept is remembered of the person, and not in the visit.
      const whose = scope === "keep" && who.kind === "known" ? { visit: null, subject: who.resident, actor } : about;
      return scribe.fact(given ? "consent.given" : "consent.refused", saidBody(scope, coming.way), {
        ...whose,
        id: entry,
      });
    });
    return {
      visit: { id, kind: "guest", resident: null },
      entries: [
        scribe.fact("visit.opened", { kind: "guest" }, { ...about, id }),
        ...refused,
        ...(who.kind === "guest" && who.code !== undefined
          ? [scribe.fact("visit.coded", { key: who.code.key }, about)]
          : []),
        ...(helper === undefined ? [] : [scribe.fact("resident.recognized", { helper }, about)]),
      ],
    };
  }
  return named(coming, who, said, keep, parts);
}

async function named(
  coming: Coming,
  who: Exclude<Comer, { readonly kind: "guest" }>,
  said: readonly { readonly scope: ConsentScope; readonly given: boolean; readonly entry: string }[],
  keep: Consented<"keep">,
  { store, scribe, clock, simulated }: ArrivalParts,
): Promise<Arrival> {
  const { id, helper, sign, claim } = coming;
  const subject = keptAs(who.kind === "known" ? who.resident : newId(), keep);
  const actor = { role: "resident", id: subject };
  const last = who.kind === "known" ? await store.lastVisitOf(subject) : undefined;
  const after = resumable(last, clock.now());
  const visit = last !== undefined && after !== undefined ? last.id : id;
  const about = { visit, subject, actor };
  return {
    visit: { id: visit, kind: "resident", resident: subject },
    entries: [
      ...(who.kind === "new" ? registration(subject, who, simulated, scribe) : []),
      after === undefined
        ? scribe.fact("visit.opened", { kind: "resident" }, { ...about, id })
        : scribe.fact("visit.resumed", { after }, { ...about, id }),
      ...said.map(({ scope, given, entry }) =>
        scribe.fact(given ? "consent.given" : "consent.refused", saidBody(scope, coming.way), { ...about, id: entry }),
      ),
      scribe.fact("resident.recognized", { way: who.way, ...(helper === undefined ? {} : { helper }) }, about),
      ...(claim === undefined ? [] : [scribe.fact("visit.claimed", claim, { visit: null, subject, actor })]),
      ...(sign === undefined ? [] : [scribe.fact("resident.sign", { sign }, { visit: null, subject, actor })]),
    ],
  };
}

/** A resident, and by what the person is found again. Facts of health are asked later; none is guessed. */
export function registration(
  subject: KeptSubject,
  { way, person, key }: Extract<Comer, { readonly kind: "new" }>,
  specimen: boolean,
  scribe: Scribe,
): readonly NewEntry[] {
  const about = { visit: null, subject };
  const facts = { diabetes: "unknown", hypertension: false, pregnant: false } as const;
  return [
    scribe.fact("resident.registered", { id: subject, ...person.reveal(), facts, specimen }, { ...about, id: subject }),
    scribe.fact("resident.linked", { resident: subject, way, key }, about),
  ];
}

/** What somebody said about one scope, as an entry keeps it. */
export function saidBody(scope: ConsentScope, way: ConsentWay): EntryBody<"consent.given"> {
  return { scope, version: consentVersion, way };
}
