import type { Joined, RecordRef, SameWhy } from "../../core/care/same-person.ts";

/** A record as its registration says. */
export interface Person extends RecordRef {
  readonly name: string;
  readonly sex: "female" | "male";
  readonly birthYear: number;
}

export interface LikePair {
  readonly one: Person;
  readonly other: Person;
  readonly why: readonly SameWhy[];
  /** Absent: nobody has decided yet. */
  readonly joined?: Joined;
}

/** Who is who, out of the journals. */
export interface PersonStore {
  /** A keyed hash of a code, under a secret that stays here. Lower-case hex, 64. */
  keyOf(code: string): string;
  person(record: RecordRef): Promise<Person | undefined>;
  /** Records that a code leads to. */
  coded(key: string): Promise<readonly RecordRef[]>;
  /** Everybody who is one person with this resident, the resident first. */
  allOf(resident: string): Promise<readonly string[]>;
  /** The records of a resident, at whichever stations. */
  recordsOf(resident: string): Promise<readonly RecordRef[]>;
  /** What the rule proposes and nobody has decided on, then what is joined. At most `limit`. */
  pairs(limit: number): Promise<readonly LikePair[]>;
  /** Undefined: the rule does not propose these two, or somebody has decided. */
  proposed(one: RecordRef, other: RecordRef): Promise<LikePair | undefined>;
  /** As long as it is not parted. */
  joining(id: string): Promise<Joined | undefined>;
}
