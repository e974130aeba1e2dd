import type { Consented, ConsentFacts } from "../../core/domain/consent.ts";

/** What the consult needs to know of visits, and may tell them. Given by the host. */
export interface VisitDesk {
  /** An open visit as a doctor's queue may show it; undefined when there is none of this id. */
  find(visit: string): VisitGist | undefined;
  /** Something of this visit was written to the journal: its views are read again. */
  changed(visit: string): void;
  /** Something was kept for somebody who may be here: the open visit is read again. */
  news(): void;
}

export interface VisitGist {
  readonly visit: string;
  /** Resident; null for a guest. */
  readonly subject: string | null;
  /** Name in part. */
  readonly shownName: string;
  /** 0 to 4: the worst of the visit so far. */
  readonly severity: number;
  /** Category of the worst result, if any. */
  readonly worst?: string;
  /** Diagnosed in person before, as the record says. */
  readonly knownDiagnosis: boolean;
  /** What the person agreed to; for a guest, in this visit. */
  readonly consents: ConsentFacts;
}

/** A visit whose person agreed that a doctor sees it: nothing else is put into a queue. */
export interface AskingVisit extends VisitGist {
  readonly send: Consented<"send">;
}
