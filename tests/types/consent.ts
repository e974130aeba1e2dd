/** Promises the compiler must keep about consent. Checked by `tsc -p tests`; nothing here runs. */
import { consented, keptAs, specimenSubject, type Consented, type ConsentFacts } from "../../core/domain/consent.ts";
import type { VisitGist } from "../../station/consult/visit-desk.ts";
import { StationCall, type CallParts } from "../../station/consult/call.ts";
import type { Scribe } from "../../station/visits/scribe.ts";

declare const facts: ConsentFacts;
declare const gist: VisitGist;
declare const scribe: Scribe;
declare const parts: CallParts;
declare const resident: string;
declare const maybe: Consented<"keep"> | undefined;
const keep = consented(facts, "keep");
const send = consented(facts, "send");
const answers = { prepared: true };

// With the proof, and for nobody, it compiles.
if (keep !== undefined) scribe.fact("visit.answered", answers, { visit: "v", subject: keptAs(resident, keep) });
scribe.fact("visit.answered", answers, { visit: "v", subject: null });
scribe.fact("visit.answered", answers, { visit: "v", subject: specimenSubject({ id: resident, specimen: true }) });
if (send !== undefined) new StationCall("c", { ...gist, send }, parts);
// What was said about consent is kept of everybody.
scribe.fact("consent.refused", { scope: "keep", version: "1", way: "touch" }, { visit: null, subject: resident });

// @ts-expect-error nothing of a visit is kept under a name without the proof of `keep`
scribe.fact("visit.answered", answers, { visit: "v", subject: resident });

// @ts-expect-error a proof that may be missing is none
keptAs(resident, maybe);

// @ts-expect-error that a doctor may see it does not say that it may be kept
if (send !== undefined) keptAs(resident, send);

// @ts-expect-error no doctor is asked without the proof of `send`
new StationCall("c", gist, parts);

// @ts-expect-error that it may be kept does not say that a doctor may see it
if (keep !== undefined) new StationCall("c", { ...gist, send: keep }, parts);

// @ts-expect-error a proof is made of what the journal says, not by hand
export const forged: Consented<"send"> = { scope: "send", entry: "e", version: "1" };

// @ts-expect-error a real person is no specimen
specimenSubject({ id: resident, specimen: false });
