import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Role } from "../../../core/rights.ts";
import type { Party, Side, World } from "./world.ts";

export type Answered = "ok" | FaultCode;

/**
 * How one operation of the hub is asked, and what it must answer besides the table's no. `T`: what it is asked about, made anew
 * for every cell.
 */
export interface Case<T> {
  /** Something the one `in` of this role has part in. */
  readonly made: (world: World, role: Role) => Promise<T>;
  /** The same shape, about something that is not there (deleted, or never was). Absent: the operation is about nothing in particular. */
  readonly gone?: () => T;
  readonly ask: (party: Party, of: T) => Promise<unknown>;
  /** To one who has part. */
  readonly in?: Answered | ((role: Role) => Answered);
  /** To one of the same role without part. Absent: as to one who has, because the relation is `any` or the answer is about oneself. */
  readonly out?: Answered | ((role: Role) => Answered);
  readonly ofGone?: Answered | ((role: Role) => Answered);
  /** Whether the no to one without part is written down; absent: it is where the answer is another than to one with part. */
  readonly written?: boolean;
  /** A feed without a target shows this to one with part, and to nobody else. */
  readonly shows?: (of: T) => string;
  /** Roles to whom even their own is not shown in this state. */
  readonly blind?: readonly Role[];
  /** What must be true after one without part has asked. */
  readonly untouched?: (world: World, of: T) => Promise<boolean>;
}

/** Forgets what a case is asked about: each stands for itself. */
export interface SomeCase {
  readonly hasGone: boolean;
  readonly expected: (cell: Side | "gone", role: Role) => Answered;
  readonly written: boolean;
  /** Whether to this role it makes a difference to have part. */
  readonly isOut: (role: Role) => boolean;
  /** `asker`: another role than the one that the thing is made for. */
  readonly run: (world: World, cell: Side | "gone", role: Role, asker?: Role) => Promise<Asking>;
}
interface Asking {
  readonly ask: () => Promise<unknown>;
  readonly check: Check;
}
interface Check {
  readonly shown?: { readonly text: string; readonly wanted: boolean };
  readonly untouched: () => Promise<boolean>;
}

const codeFor = (given: Answered | ((role: Role) => Answered) | undefined, role: Role): Answered | undefined =>
  typeof given === "function" ? given(role) : given;

export function theCase<T>(one: Case<T>): SomeCase {
  /** What was made for those whom the table refuses: they leave it as it is, so that it does for all of them. */
  let forAll: T | undefined;
  const made = async (world: World, role: Role, shared: boolean): Promise<T> => {
    const of = (shared ? forAll : undefined) ?? (await one.made(world, role));
    forAll = shared ? of : undefined;
    return of;
  };
  return {
    hasGone: one.gone !== undefined,
    expected: (cell, role) => {
      const within = codeFor(one.in, role) ?? "ok";
      if (cell === "in") return within;
      return (cell === "out" ? codeFor(one.out, role) : codeFor(one.ofGone, role)) ?? within;
    },
    written: one.written ?? one.out !== undefined,
    isOut: (role) => one.written === true || (codeFor(one.out, role) ?? "ok") !== (codeFor(one.in, role) ?? "ok"),
    run: async (world, cell, role, asker = role) => {
      const of = cell === "gone" && one.gone ? one.gone() : await made(world, role, asker !== role);
      const party = world.party(asker, cell === "in" ? "in" : "out");
      const text = one.shows?.(of);
      const isBlind = one.blind?.includes(role) ?? false;
      return {
        ask: () => one.ask(party, of),
        check: {
          ...(text === undefined || (cell === "in" && isBlind) ? {} : { shown: { text, wanted: cell === "in" } }),
          untouched: async () => cell !== "out" || (await (one.untouched?.(world, of) ?? true)),
        },
      };
    },
  };
}

/** An operation that is about nothing in particular. */
export const plain = (ask: (party: Party) => Promise<unknown>, answer: Answered = "ok"): SomeCase =>
  theCase({ made: async () => undefined, ask, in: answer });
