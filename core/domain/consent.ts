/**
 * What a person may agree to, each apart (copy.zh.md §10). `keep`: results are kept here under one's name. `send`: they go
 * to my doctor. `family`: a named relative may look at them.
 */
export const consentScopes = ["keep", "send", "family"] as const;
export type ConsentScope = (typeof consentScopes)[number];

/** The wording that is asked today. A person who agreed to an older wording is asked again. */
export const consentVersion = "2026-11";

/** How the person said it. `helper`: said by who operates for the person, and recorded as such. */
export const consentWays = ["touch", "key", "helper"] as const;
export type ConsentWay = (typeof consentWays)[number];

declare const proof: unique symbol;

/**
 * The proof that somebody agreed to `S`. It is made by `consented` alone, out of what the journal says: code that keeps or
 * sends asks for one in its parameters, and does not compile without.
 */
export interface Consented<S extends ConsentScope> {
  readonly scope: S;
  /** The entry in which it was said. */
  readonly entry: string;
  readonly version: string;
  readonly [proof]: S;
}

/** What the journal says of one scope for one person or visit. Absent: never asked. */
export interface ConsentFact {
  readonly given: boolean;
  readonly version: string;
  readonly entry: string;
  /** UTC. */
  readonly at: string;
}
export type ConsentFacts = Readonly<Partial<Record<ConsentScope, ConsentFact>>>;

/** Undefined when it was not given, or withdrawn. An older wording still proves what was said under it. */
export function consented<S extends ConsentScope>(facts: ConsentFacts, scope: S): Consented<S> | undefined {
  const fact = facts[scope];
  if (fact?.given !== true) return undefined;
  return { scope, entry: fact.entry, version: fact.version } as Consented<S>;
}

declare const kept: unique symbol;

/** A person under whose name something may be kept. An entry of a visit takes no other one as its subject. */
export type KeptSubject = string & { readonly [kept]: true };

/** `resident`, as somebody who agreed that results are kept under the name. */
export function keptAs(resident: string, _proof: Consented<"keep">): KeptSubject {
  return resident as KeptSubject;
}

/** The invented people of a simulated station agreed to nothing and need not: they are nobody. */
export function specimenSubject({ id }: { readonly id: string; readonly specimen: true }): KeptSubject {
  return id as KeptSubject;
}

/** What is still to be asked of a person: never asked, or asked under another wording. `family` is asked only where there is a relative. */
export function toAsk(facts: ConsentFacts, version: string = consentVersion): readonly ConsentScope[] {
  return (["keep", "send"] as const).filter((scope) => facts[scope]?.version !== version);
}
